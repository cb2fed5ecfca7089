/** A draft as an address, both directions, and when the address keeps it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { copyLink, DEFAULTS, draftOf, draftWith, keep, known, linkOf } from '../../../../../support/playground.js'

const SERVERS = ['https://api.rong-api.com', 'https://api-b.us-light-api.com']
const draft = {
  ...draftWith({ toGroupId: ['2193', 'a,b & c=d'], content: ['{"content":"“群” +%?#"}'] }, { 'X-Request-ID': 'mine' }),
  settings: { scenario: 'signatureError', check: false, limiter: false, wrong: true, server: SERVERS[1] ?? '' },
}

describe('a link', () => {
  test('brings back the whole draft', () => {
    expect(draftOf(`#${linkOf(draft)}`, SERVERS)).toEqual(draft)
    expect(draftOf(linkOf(draftWith()), SERVERS)).toEqual(draftWith())
  })

  test('says of the settings only what is not the default, and holds no key, secret or signature', () => {
    expect(linkOf(draft).split('&~').slice(1)).toEqual([
      'header.X-Request-ID=mine',
      'check=off',
      'limiter=off',
      'signed=wrong',
      'answer=signatureError',
      'server=https%3A%2F%2Fapi-b.us-light-api.com',
    ])
    expect(linkOf(draftWith())).not.toContain('~')
    expect(decodeURIComponent(linkOf(draft))).not.toMatch(/not-a-secret|another-secret|[0-9a-f]{40}/)
  })

  test('that names nothing known leads to no draft', () => {
    for (const hash of ['', '#', '#?', '#nothing', '#constructor?x=1'])
      expect(draftOf(hash, SERVERS), hash).toBeUndefined()
  })

  test('leaves out fields, answers and hosts that are none', () => {
    const hash =
      '#sendGroupStatusMessage?fromUserId=%E0%A4&toGroupId=9&x=1&__proto__=1&~answer=nothing&~server=https://evil.example&~check=on&~header.Cookie=x'
    const found = draftOf(hash, SERVERS)
    expect(Object.keys(found?.fields ?? {})).toEqual(['toGroupId'])
    expect(found?.headers).toEqual({})
    expect(found?.settings).toEqual(DEFAULTS)
    expect(draftOf('#sendGroupStatusMessage', SERVERS)?.fields).toEqual({})
  })
})

test('an id that is no operation gives the first one', () => {
  expect(known('').id).toBe('sendGroupStatusMessage')
  expect(known('constructor').words.id).toBe('sendGroupStatusMessage')
})

describe('the address', () => {
  const replaced: string[] = []
  let copied: string[]
  beforeEach(() => {
    vi.useFakeTimers()
    replaced.splice(0)
    copied = []
    vi.stubGlobal('location', { pathname: '/p/', href: 'https://a.example/p/#now' })
    vi.stubGlobal('history', { replaceState: (_state: unknown, _title: string, url: string) => replaced.push(url) })
    vi.stubGlobal('navigator', { clipboard: { writeText: async (text: string) => void copied.push(text) } })
  })
  afterEach(() => {
    vi.useRealTimers()
    vi.unstubAllGlobals()
  })

  test('keeps the last of several drafts a moment later', () => {
    keep(draft)
    vi.advanceTimersByTime(200)
    keep(draftWith())
    vi.advanceTimersByTime(299)
    expect(replaced).toEqual([])
    vi.advanceTimersByTime(1)
    expect(replaced).toEqual([`#${linkOf(draftWith())}`])
  })

  test('keeps none that is too long, and says so when it is to be copied', async () => {
    const long = draftWith({ content: ['x'.repeat(8_000)] })
    keep(long)
    vi.advanceTimersByTime(300)
    expect(replaced).toEqual(['/p/'])
    expect(await copyLink(long)).toBe('This request is too long for a link.')
    expect(copied).toEqual([])
  })

  test('is copied at once, or named where the browser lets nobody copy', async () => {
    keep(draftWith())
    expect(await copyLink(draft)).toBe('Link copied')
    expect([replaced, copied]).toEqual([[`#${linkOf(draft)}`], ['https://a.example/p/#now']])
    vi.advanceTimersByTime(1_000)
    expect(replaced).toHaveLength(1)
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('no')) } })
    expect(await copyLink(draft)).toBe('The link is in the address bar.')
  })
})
