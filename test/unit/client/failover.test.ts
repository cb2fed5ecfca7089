import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  createHosts,
  hostOf,
  IDLE_MS,
  MAX_USES,
  SHORT_TIMEOUTS,
  STAY_MS,
  VENDOR_TIMEOUT_MS,
} from '../../../src/client/failover.js'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const [A, B, C] = ['http://a', 'http://b/path', 'https://c:8443']
const three = () => createHosts([A, B, C])

describe('the host to call', () => {
  test('is the first one until it fails, then the next, and after the last one the first again', () => {
    const hosts = three()
    const called = [hosts.current()]
    for (let i = 0; i < 3; i++) {
      hosts.failed(hosts.current())
      called.push(hosts.current())
      vi.advanceTimersByTime(STAY_MS)
    }
    expect(called).toEqual([A, B, C, A])
  })

  test('does not change within 30 seconds after a switch, and may change at the end of them', () => {
    const hosts = three()
    hosts.failed(A)
    vi.advanceTimersByTime(STAY_MS - 1)
    hosts.failed(B)
    expect(hosts.current()).toBe(B)
    vi.advanceTimersByTime(1)
    hosts.failed(B)
    expect(hosts.current()).toBe(C)
  })

  test('does not change when a call to another host fails late', () => {
    const hosts = three()
    hosts.failed(A)
    vi.advanceTimersByTime(10 * STAY_MS)
    hosts.failed(A)
    expect(hosts.current()).toBe(B)
  })
})

describe('a timeout', () => {
  const short = VENDOR_TIMEOUT_MS - 1

  test("of the vendor's threshold or longer counts as a failure of the host", () => {
    const hosts = three()
    hosts.timedOut(A, VENDOR_TIMEOUT_MS)
    expect(hosts.current()).toBe(B)
  })

  test('that is shorter counts only when several come in a row', () => {
    const hosts = three()
    const called = Array.from({ length: SHORT_TIMEOUTS }, () => {
      hosts.timedOut(A, short)
      return hosts.current()
    })
    expect(called).toEqual([A, A, B])
  })

  test('that is shorter is forgotten after the next answer, and after a failure was counted', () => {
    const hosts = three()
    for (let i = 0; i < 100; i++) {
      for (let j = 1; j < SHORT_TIMEOUTS; j++) hosts.timedOut(A, short)
      hosts.answered(A)
    }
    expect(hosts.current()).toBe(A)
    for (let j = 0; j < SHORT_TIMEOUTS; j++) hosts.timedOut(A, short)
    vi.advanceTimersByTime(STAY_MS)
    for (let j = 0; j < 2 * SHORT_TIMEOUTS; j++) hosts.timedOut(C, short)
    expect(hosts.current()).toBe(B)
    for (let j = 1; j < SHORT_TIMEOUTS; j++) hosts.timedOut(B, short)
    expect(hosts.current()).toBe(B)
  })

  test("that is shorter counts only for its own host, and another host's answer does not reset the count", () => {
    const hosts = three()
    for (let j = 1; j < SHORT_TIMEOUTS; j++) hosts.timedOut(A, short)
    hosts.timedOut(B, short)
    hosts.answered(C)
    expect(hosts.current()).toBe(A)
    hosts.timedOut(A, short)
    expect(hosts.current()).toBe(B)
  })
})

describe('times of another clock are forgotten', () => {
  const HOUR_MS = 3_600_000

  test('a switch in the future does not prevent another switch', () => {
    const hosts = three()
    vi.advanceTimersByTime(HOUR_MS)
    hosts.failed(A)
    vi.useRealTimers()
    vi.useFakeTimers()
    hosts.failed(B)
    expect(hosts.current()).toBe(C)
  })

  test('a use in the future does not count as idle time', () => {
    const hosts = three()
    vi.advanceTimersByTime(HOUR_MS)
    hosts.used(A)
    vi.useRealTimers()
    vi.useFakeTimers()
    expect(hosts.used(A)).toBe(false)
    vi.advanceTimersByTime(IDLE_MS)
    expect(hosts.used(A)).toBe(true)
  })
})

test('another host is the next one in the circle that was not tried', () => {
  const hosts = three()
  expect([[], [A], [A, B], [A, C], [A, B, C]].map((tried) => hosts.other(new Set(tried)))).toEqual([
    A,
    B,
    C,
    B,
    undefined,
  ])
  hosts.failed(A)
  expect([[], [B], [B, C], [A, B, C]].map((tried) => hosts.other(new Set(tried)))).toEqual([B, C, A, undefined])
})

describe('a connection', () => {
  test("is closed before it exceeds the vendor's number of requests, counted for each host", () => {
    const hosts = three()
    const closed = (url: string) =>
      Array.from({ length: 2 * MAX_USES }, (_, i) => (hosts.used(url) ? i + 1 : 0)).filter((use) => use > 0)
    expect(closed(A)).toEqual([79, 158])
    expect(closed(B)).toEqual([79, 158])
  })

  test('is closed after it was idle, counted from its last use', () => {
    const hosts = three()
    vi.advanceTimersByTime(IDLE_MS - 1)
    expect(hosts.used(A)).toBe(false)
    vi.advanceTimersByTime(IDLE_MS - 1)
    expect(hosts.used(A)).toBe(false)
    vi.advanceTimersByTime(IDLE_MS)
    expect([hosts.used(A), hosts.used(A), hosts.used(B)]).toEqual([true, false, false])
  })
})

test.each([
  [A, 'a'],
  [B, 'b'],
  [C, 'c:8443'],
  ['no URL', 'no URL'],
])('the host of %s is %s', (url, host) => {
  expect(hostOf(url)).toBe(host)
})
