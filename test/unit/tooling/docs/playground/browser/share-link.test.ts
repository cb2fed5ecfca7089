/** A draft as a link, both directions, and the address bar that keeps it. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import {
  copyLink,
  DEFAULTS,
  decodeLink,
  draftWith,
  encodeLink,
  findOperation,
  saveInAddress,
} from '../../../../../support/playground.js'

const SERVERS = ['https://api.rong-api.com', 'https://api-b.us-light-api.com']
const draft = {
  ...draftWith({ toGroupId: ['2193', 'a,b & c=d'], content: ['{"content":"“群” +%?#"}'] }, { 'X-Request-ID': 'mine' }),
  settings: {
    scenario: 'signatureError',
    fault: 'truncate' as const,
    delay: 1_000,
    validate: false,
    limiter: false,
    wrongSecret: true,
    server: SERVERS[1] ?? '',
  },
}

describe('a link', () => {
  test('restores the whole draft', () => {
    expect(decodeLink(`#${encodeLink(draft)}`, SERVERS)).toEqual({ draft, problems: [] })
    expect(decodeLink(encodeLink(draftWith()), SERVERS)).toEqual({ draft: draftWith(), problems: [] })
  })

  test('has only the settings that are not the default, and no key, secret or signature', () => {
    expect(encodeLink(draft).split('&~').slice(1)).toEqual([
      'header.X-Request-ID=mine',
      'check=off',
      'limiter=off',
      'signed=wrong',
      'answer=signatureError',
      'fault=truncate',
      'delay=1000',
      'server=https%3A%2F%2Fapi-b.us-light-api.com',
    ])
    expect(encodeLink(draftWith()).replace(/~size=\d+/, '')).not.toContain('~')
    expect(decodeURIComponent(encodeLink(draft))).not.toMatch(/not-a-secret|another-secret|[0-9a-f]{40}/)
  })

  test('without anything gives no draft, and nothing is wrong with it', () => {
    for (const hash of ['', '#']) expect(decodeLink(hash, SERVERS), hash).toEqual({ draft: undefined, problems: [] })
  })

  test('without a known operation gives no draft, and says so', () => {
    for (const hash of ['#?', '#nothing', '#constructor?x=1']) {
      const problems = ['it names no call that is known here']
      expect(decodeLink(hash, SERVERS), hash).toEqual({ draft: undefined, problems })
    }
  })

  test('written by hand needs no size', () => {
    const { draft: found, problems } = decodeLink('#sendGroupStatusMessage?toGroupId=9&~fault=hang&~check=on', SERVERS)
    expect([found?.fields, found?.settings.fault, problems]).toEqual([{ toGroupId: ['9'] }, 'hang', []])
    expect(decodeLink('#sendGroupStatusMessage', SERVERS)).toMatchObject({ draft: { fields: {} }, problems: [] })
  })

  test('ignores unknown fields, answers and hosts, and names them', () => {
    const hash =
      '#sendGroupStatusMessage?fromUserId=%E0%A4&toGroupId=9&x=1&__proto__=1&~answer=nothing&~server=https://evil.example&~check=on&~header.Cookie=x&~fault=fire&~delay=5'
    const { draft: found, problems } = decodeLink(hash, SERVERS)
    expect(Object.keys(found?.fields ?? {})).toEqual(['toGroupId'])
    expect(found?.headers).toEqual({})
    expect(found?.settings).toEqual(DEFAULTS)
    expect(problems).toEqual([
      ...['~answer', '~fault', '~delay', '~server'].map((name) => `it has a value of ${name} that is not known here`),
      'it has names that this call has not: x, __proto__, ~header.Cookie',
      'some of its characters are broken',
    ])
  })

  test('that was cut, or got a full stop behind it, says so', () => {
    const link = encodeLink(draft)
    for (const changed of [link.slice(0, -1), link.slice(0, link.length / 2), `${link}.`]) {
      const { problems } = decodeLink(changed, SERVERS)
      expect(problems.at(-1), changed).toMatch(/^it was cut or changed on its way: \d+ of \d+ characters are left$/)
    }
  })
})

test('an unknown operation gives the first one', () => {
  expect(findOperation('').id).toBe('sendGroupStatusMessage')
  expect(findOperation('constructor').table.id).toBe('sendGroupStatusMessage')
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

  test('saves the last of several drafts after a short delay', () => {
    saveInAddress(draft)
    vi.advanceTimersByTime(200)
    saveInAddress(draftWith())
    vi.advanceTimersByTime(299)
    expect(replaced).toEqual([])
    vi.advanceTimersByTime(1)
    expect(replaced).toEqual([`#${encodeLink(draftWith())}`])
  })

  test('does not save a draft that is too long, and says so when it is copied', async () => {
    const long = draftWith({ content: ['x'.repeat(8_000)] })
    saveInAddress(long)
    vi.advanceTimersByTime(300)
    expect(replaced).toEqual(['/p/'])
    expect(await copyLink(long)).toMatch(/^Not copied: this request makes a link of 8,\d{3} characters/)
    expect(copied).toEqual([])
  })

  test('is copied at once, or points to the address bar where the browser refuses', async () => {
    saveInAddress(draftWith())
    expect(await copyLink(draft)).toBe('Link copied')
    expect([replaced, copied]).toEqual([[`#${encodeLink(draft)}`], ['https://a.example/p/#now']])
    vi.advanceTimersByTime(1_000)
    expect(replaced).toHaveLength(1)
    vi.stubGlobal('navigator', { clipboard: { writeText: () => Promise.reject(new Error('no')) } })
    expect(await copyLink(draft)).toBe('This browser does not let the page copy. The link is in the address bar.')
  })
})
