import { createHash } from 'node:crypto'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { sha1 } from '../src/sha1.js'
import { createSigner, explainSignature, verifySignature } from '../src/signature.js'

/** @see https://docs.rongcloud.cn/im/server/signature */
const PUBLISHED = {
  appSecret: 'Y1W2MeFwwwRxa0',
  nonce: '14314',
  timestamp: '1408710653000',
  signature: '30be0bbca9c9b2e27578701e9fda2358a814c88f',
}
/** What the page of the endpoint prints beside a timestamp that it does not belong to, made with an App Key. */
const PRINTED = { nonce: '14314', timestamp: '1585127132438', signature: '45beb7cc7307889a8e711219a47b7cf6a5b000e8' }
const APP_KEY = 'uwd1c0sxdlx2'

const signer = (appSecret: string, nonce: string, timestamp: number) =>
  createSigner({ appKey: APP_KEY, appSecret, nonce: () => nonce, now: () => timestamp })

afterEach(() => {
  vi.restoreAllMocks()
  vi.resetModules()
})

describe('the vectors of the vendor', () => {
  test('the published one is what the signer makes, at once', () => {
    expect(signer(PUBLISHED.appSecret, '14314', 1408710653000)()).toEqual({
      'App-Key': APP_KEY,
      Nonce: '14314',
      Timestamp: '1408710653000',
      Signature: PUBLISHED.signature,
    })
  })

  test('the published one is what the verifier takes, in lower and in upper case', () => {
    expect(verifySignature(PUBLISHED, PUBLISHED.signature)).toBe(true)
    expect(verifySignature(PUBLISHED, PUBLISHED.signature.toUpperCase())).toBe(true)
  })

  test("the example of the endpoint's page is not what the signer makes, nor what the verifier takes", () => {
    const parts = { ...PRINTED, appKey: APP_KEY, appSecret: PUBLISHED.appSecret }
    expect(signer(PUBLISHED.appSecret, '14314', 1585127132438)()).toMatchObject({
      Signature: 'd8daf4b0973a5ec456e08236acb784aa7ba77c82',
    })
    expect(verifySignature(parts, PRINTED.signature)).toBe(false)
  })

  test('that example was made with the App Key, for another timestamp', () => {
    const parts = { nonce: '14314', timestamp: '1408706337', appKey: APP_KEY, appSecret: PUBLISHED.appSecret }
    expect(verifySignature(parts, PRINTED.signature)).toBe(false)
    expect(explainSignature(parts, PRINTED.signature)).toContain('App Key in place of the App Secret')
  })
})

describe('a signer', () => {
  test('takes a new nonce of at most 18 characters and the milliseconds of now for each call', async () => {
    const sign = createSigner({ appKey: 'k', appSecret: 's' })
    const headers = await Promise.all(Array.from({ length: 1_000 }, () => sign()))
    expect(new Set(headers.map((one) => one['Nonce'])).size).toBe(1_000)
    for (const { Nonce: nonce = '', Timestamp: timestamp = '' } of headers) {
      expect(nonce).toMatch(/^[0-9a-f]{18}$/)
      expect(Math.abs(Number(timestamp) - Date.now())).toBeLessThan(10_000)
    }
  })

  test('puts the prefix in front of all four names', () => {
    const headers = createSigner({ appKey: 'k', appSecret: 's', headerPrefix: 'RC-' })()
    expect(Object.keys(headers)).toEqual(['RC-App-Key', 'RC-Nonce', 'RC-Timestamp', 'RC-Signature'])
  })

  test('signs by WebCrypto, to the same value, where the runtime has no synchronous hash', async () => {
    vi.spyOn(process, 'getBuiltinModule').mockReturnValue(undefined as never)
    const { createSigner: createInBrowser } = await import('../src/signature.js?browser' as '../src/signature.js')
    const signing = createInBrowser({
      appKey: APP_KEY,
      appSecret: PUBLISHED.appSecret,
      nonce: () => '14314',
      now: () => 1408710653000,
    })()
    expect(signing).toBeInstanceOf(Promise)
    expect(await signing).toMatchObject({ Signature: PUBLISHED.signature })
  })

  test.each([
    [{ appKey: '', appSecret: 's' }, '"appKey" must be a string of visible ASCII characters. Received an empty string'],
    [{ appKey: 'k' }, '"appSecret" must be a string of visible ASCII characters. Received undefined'],
    [
      { appKey: 'k', appSecret: 'top secret\n' },
      '"appSecret" must be a string of visible ASCII characters. Received text with other characters',
    ],
    [{ appKey: 'k', appSecret: 's', headerPrefix: 'X-' }, '"headerPrefix" must be "" or "RC-". Received "X-"'],
  ])('refuses %j', (options, message) => {
    expect(() => createSigner(options as never)).toThrow(new TypeError(message))
  })

  test('refuses a nonce that is too long and a time that is none', () => {
    const keys = { appKey: 'k', appSecret: 's' }
    const uuid = '1f0e6a3c-5d0b-4c57-9a57-6a1b0c9d7e42'
    expect(() => createSigner({ ...keys, nonce: () => uuid })()).toThrow(
      '"nonce" must return 1 to 18 visible ASCII characters. Received 36 characters',
    )
    expect(() => createSigner({ ...keys, now: () => 1.5 })()).toThrow(
      '"now" must return whole milliseconds since 1970. Received 1.5',
    )
  })
})

test.each([0, 1, 3, 55, 56, 63, 64, 65, 119, 120, 1_000, 131_072])(
  'SHA-1 of %i bytes is what node:crypto says',
  (length) => {
    const text = 'aé中😀'.repeat(length).slice(0, length)
    expect(sha1(text)).toBe(createHash('sha1').update(text).digest('hex'))
  },
)

test('SHA-1 of the vectors of FIPS 180', () => {
  expect(sha1('abc')).toBe('a9993e364706816aba3e25717850c26c9cd0d89d')
  expect(sha1('abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq')).toBe(
    '84983e441c3bd26ebaae4aa1f95129e5e54670f1',
  )
})
