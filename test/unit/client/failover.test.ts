import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createHosts, hostOf, IDLE, STAY, USES } from '../../../src/client/failover.js'

beforeEach(() => vi.useFakeTimers())
afterEach(() => vi.useRealTimers())

const [A, B, C] = ['http://a', 'http://b/path', 'https://c:8443']
const three = () => createHosts([A, B, C])

describe('the host to call', () => {
  test('is the first one, until it fails; then the next, and after the last the first again', () => {
    const hosts = three()
    const called = [hosts.current()]
    for (let i = 0; i < 3; i++) {
      hosts.failed(hosts.current())
      called.push(hosts.current())
      vi.advanceTimersByTime(STAY)
    }
    expect(called).toEqual([A, B, C, A])
  })

  test('does not change within the time to stay, and does at its end', () => {
    const hosts = three()
    hosts.failed(A)
    vi.advanceTimersByTime(STAY - 1)
    hosts.failed(B)
    expect(hosts.current()).toBe(B)
    vi.advanceTimersByTime(1)
    hosts.failed(B)
    expect(hosts.current()).toBe(C)
  })

  test('does not change for a call that went to another one, however late its failure comes', () => {
    const hosts = three()
    hosts.failed(A)
    vi.advanceTimersByTime(10 * STAY)
    hosts.failed(A)
    expect(hosts.current()).toBe(B)
  })
})

test('another host is the next one in the round that was not tried', () => {
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
  test('is closed at every use that the vendor would count too many, by host', () => {
    const hosts = three()
    const closed = (url: string) =>
      Array.from({ length: 2 * USES }, (_, i) => (hosts.used(url) ? i + 1 : 0)).filter((use) => use > 0)
    expect(closed(A)).toEqual([79, 158])
    expect(closed(B)).toEqual([79, 158])
  })

  test('is closed after it was idle, counted from its last use', () => {
    const hosts = three()
    vi.advanceTimersByTime(IDLE - 1)
    expect(hosts.used(A)).toBe(false)
    vi.advanceTimersByTime(IDLE - 1)
    expect(hosts.used(A)).toBe(false)
    vi.advanceTimersByTime(IDLE)
    expect([hosts.used(A), hosts.used(A), hosts.used(B)]).toEqual([true, false, true])
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
