import { createHash, createHmac } from 'node:crypto'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { security } from '../../../src/core/contract.js'
import { sha1 } from '../../../src/core/sha1.js'
import { createSigner, type Parts, verifySignature } from '../../../src/core/signature.js'
import { explainSignature } from '../../../src/mock/signature-diagnosis.js'

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
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('the vectors of the vendor', () => {
  test('the signer makes the published one synchronously', () => {
    expect(signer(PUBLISHED.appSecret, '14314', 1408710653000)()).toEqual({
      'App-Key': APP_KEY,
      Nonce: '14314',
      Timestamp: '1408710653000',
      Signature: PUBLISHED.signature,
    })
  })

  test('the verifier accepts the published one, in lower and in upper case', () => {
    expect(verifySignature(PUBLISHED, PUBLISHED.signature)).toBe(true)
    expect(verifySignature(PUBLISHED, PUBLISHED.signature.toUpperCase())).toBe(true)
  })

  test("the signer does not make the example of the endpoint's page, and the verifier refuses it", () => {
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
  test('takes a new nonce of at most 18 characters and the milliseconds of now for each call', () => {
    const sign = createSigner({ appKey: 'k', appSecret: 's' })
    const headers = Array.from({ length: 1_000 }, () => sign())
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

  test.each([
    ['has no module of that name', { ...process, getBuiltinModule: () => undefined }],
    ['cannot be asked for modules', { ...process, getBuiltinModule: undefined }],
    ['has no process', undefined],
  ])('signs synchronously, with the same value, when the runtime %s', (_name, runtime) => {
    vi.stubGlobal('process', runtime)
    const verified = verifySignature(PUBLISHED, PUBLISHED.signature)
    const headers = signer(PUBLISHED.appSecret, '14314', 1408710653000)()
    vi.unstubAllGlobals()
    expect([verified, headers['Signature']]).toEqual([true, PUBLISHED.signature])
  })

  test('looks up the functions of the runtime at each use, so that it does not hold on to fakes of a test', () => {
    vi.useFakeTimers({ now: 1_000 })
    const randomUUID = vi.spyOn(crypto, 'randomUUID').mockReturnValue('11111111-1111-1111-1111-111111111111')
    const sign = createSigner({ appKey: 'k', appSecret: 's' })
    expect(sign()).toMatchObject({ Timestamp: '1000', Nonce: '1'.repeat(18) })
    vi.useRealTimers()
    randomUUID.mockRestore()
    const { Timestamp, Nonce } = sign()
    expect(Number(Timestamp)).toBeGreaterThan(1_000)
    expect(Nonce).not.toBe('1'.repeat(18))
  })

  test.each([
    [{ appKey: '', appSecret: 's' }, '"appKey" must not be empty'],
    [undefined, '"appKey" must be a string of visible ASCII characters. Received undefined'],
    [null, '"appKey" must be a string of visible ASCII characters. Received undefined'],
    [{ appKey: 'same', appSecret: 'same' }, '"appKey" must differ from "appSecret"'],
    [
      { appKey: 'k', appSecret: 'a-secret-of-real-length', headerPrefix: 'a-secret-of-real-length' },
      '"headerPrefix" must not contain the App Secret',
    ],
    [{ appKey: 'k' }, '"appSecret" must be a string of visible ASCII characters. Received undefined'],
    [{ appKey: 'k', appSecret: 'top-secret\n' }, '"appSecret" has a line break in it'],
    [{ appKey: 'k', appSecret: 'top-secret\r\n' }, '"appSecret" has a line break in it'],
    [{ appKey: 'k', appSecret: 'top\nsecret' }, '"appSecret" has a line break in it'],
    [{ appKey: 'k', appSecret: ' top secret' }, '"appSecret" must be a string of visible ASCII characters'],
    [{ appKey: '汉', appSecret: 's' }, '"appKey" must be a string of visible ASCII characters'],
    [{ appKey: 'k', appSecret: 's', headerPrefix: 'X-' }, '"headerPrefix" must be one of ["","RC-"]. Received "X-"'],
  ])('refuses %j', (options, message) => {
    expect(() => createSigner(options as never)).toThrow(new TypeError(message))
  })

  test('refuses a nonce that is the App Secret', () => {
    const sign = createSigner({ appKey: 'k', appSecret: 'a-real-secret', nonce: () => 'a-real-secret' })
    expect(() => sign()).toThrow(new TypeError('"nonce" must not contain the App Secret'))
  })

  test.each([
    [() => '1f0e6a3c-5d0b-4c57-9a57-6a1b0c9d7e42', '36 characters'],
    [() => 'n'.repeat(19), '19 characters'],
    [() => '', '0 characters'],
    [() => 'a b', '3 characters'],
    [() => ' ab', '3 characters'],
    [() => 'ab\n', '3 characters'],
    [() => '中', '1 characters'],
    [() => 12345, 'number'],
    [async () => 'n', 'object'],
    [() => undefined, 'undefined'],
  ])('refuses the nonce of %s', (nonce, received) => {
    const sign = createSigner({ appKey: 'k', appSecret: 's', nonce: nonce as () => string })
    expect(() => sign()).toThrow(
      new TypeError(`"nonce" must return 1 to 18 visible ASCII characters. Received ${received}`),
    )
  })

  test('a contract may have no longest nonce', () => {
    const { nonceLength } = security
    onTestFinished(() => void Object.assign(security, { nonceLength }))
    Object.assign(security, { nonceLength: undefined })
    const nonce = 'x'.repeat(1_000)
    expect(signer('s', nonce, 1)()).toMatchObject({ Nonce: nonce })
    expect(() => signer('s', '', 1)()).toThrow('"nonce" must return 1 or more visible ASCII characters. Received 0')
  })

  test('takes a nonce of 18 characters, of the first and the last that are visible', () => {
    const nonce = '!~'.repeat(9)
    expect(createSigner({ appKey: 'k', appSecret: 's', nonce: () => nonce })()).toMatchObject({ Nonce: nonce })
  })

  test.each([1.5, -1, Number.NaN, '1e3', '1408710653000x', 'x1408710653000', ''])('refuses %j as the time', (time) => {
    const sign = createSigner({ appKey: 'k', appSecret: 's', now: () => time as number })
    expect(() => sign()).toThrow(
      new TypeError(`"now" must return whole milliseconds since 1970. Received ${String(time)}`),
    )
  })
})

describe('in a browser', () => {
  const KEYS = { appKey: 'k', appSecret: 's' }

  test('no signer is made, and the error says what to do instead, also in a test with a DOM', () => {
    vi.stubGlobal('window', { document: {} })
    const refusal = /^In a browser every visitor can read the App Secret: sign on a server/
    expect(() => createSigner(KEYS)).toThrow(refusal)
    expect(() => createSigner({ ...KEYS, dangerouslyAllowBrowser: true })).not.toThrow()
  })

  test('a worker of a page counts as a browser; a worker of a server and a user agent alone do not', () => {
    vi.stubGlobal('navigator', { userAgent: 'Mozilla/5.0' })
    expect(() => createSigner(KEYS)).not.toThrow()
    vi.stubGlobal('WorkerGlobalScope', class {})
    expect(() => createSigner(KEYS)).toThrow('In a browser every visitor')
    const servers = [{ userAgent: 'Cloudflare-Workers' }, { userAgent: 'Server (no Mozilla/5.0)' }, {}, undefined]
    for (const navigator of servers) {
      vi.stubGlobal('navigator', navigator)
      expect(() => createSigner(KEYS)).not.toThrow()
    }
  })
})

describe('a signature that is refused', () => {
  const parts = { appKey: APP_KEY, ...PUBLISHED }
  const { appSecret, nonce, timestamp } = PUBLISHED
  const seconds = timestamp.slice(0, -3)
  /** By Node's own hash. */
  const of = (...texts: string[]) => createHash('sha1').update(texts.join('')).digest('hex')

  const hmacOf = (key: string, ...texts: string[]) => createHmac('sha1', key).update(texts.join('')).digest('hex')
  const digestOf = (name: string) =>
    createHash(name)
      .update(appSecret + nonce + timestamp)
      .digest('hex')

  // Each signature is made by Node's own functions, as a program that makes this mistake would.
  test.each<[cause: string, signature: string, given?: Parts]>([
    ['signed with the App Key in place of the App Secret', of(APP_KEY, nonce, timestamp)],
    ['signed with the timestamp in seconds, while the header has milliseconds', of(appSecret, nonce, seconds)],
    [
      'signed with the timestamp in milliseconds, while the header has seconds',
      of(appSecret, nonce, timestamp),
      { ...parts, timestamp: seconds },
    ],
    ...['\n', '\r\n'].map((end): [string, string] => [
      'signed with a line break at the end of the text (echo adds one; use printf or echo -n)',
      of(appSecret, nonce, timestamp, end),
    ]),
    ...['\n', '\r\n'].map((end): [string, string] => [
      'signed with a line break at the end of the App Secret, as a file may have one',
      of(appSecret, end, nonce, timestamp),
    ]),
    ...['"', "'"].map((quote): [string, string] => [
      'signed with quotes around the App Secret',
      of(quote, appSecret, quote, nonce, timestamp),
    ]),
    ...['undefined', 'null', 'None', 'nil', '<nil>'].map((word): [string, string] => [
      `signed with "${word}" in place of the App Secret, which was never set`,
      of(word, nonce, timestamp),
    ]),
    ...['undefined', 'null', 'None', 'nil', '<nil>'].flatMap((word): [string, string][] => [
      [`signed with "${word}" in place of the Nonce, which was never set`, of(appSecret, word, timestamp)],
      [`signed with "${word}" in place of the Timestamp, which was never set`, of(appSecret, nonce, word)],
    ]),
    ['signed with ".0" behind the timestamp, as Python writes a float', of(appSecret, nonce, timestamp, '.0')],
    ...['"', "'"].map((quote): [string, string] => [
      `signed with b${quote}…${quote} around the App Secret: bytes of Python turned into text`,
      of('b', quote, appSecret, quote, nonce, timestamp),
    ]),
    ...[`"${appSecret}"`, `'${appSecret}'`, `${appSecret}\n`, ` ${appSecret}\r\n`].map(
      (wrapped): [string, string, Parts] => [
        'signed with the App Secret without the quotes, blanks or line breaks that the one given here has around it',
        of(appSecret, nonce, timestamp),
        { ...parts, appSecret: wrapped },
      ],
    ),
    [
      'signed with the App Secret without the quotes, blanks or line breaks that the one given here has around it',
      of(`a'b c"d`, nonce, timestamp),
      { ...parts, appSecret: ` "a'b c"d" ` },
    ],
    ['signed with a space at the end of the App Secret', of(appSecret, ' ', nonce, timestamp)],
    ['signed with a space in front of the App Secret', of(' ', appSecret, nonce, timestamp)],
    ['signed with a byte order mark in front of the App Secret', of('\ufeff', appSecret, nonce, timestamp)],
    ['signed in the order App Secret, Timestamp, Nonce', of(appSecret, timestamp, nonce)],
    ['signed in the order Nonce, Timestamp, App Secret', of(nonce, timestamp, appSecret)],
    ['signed in the order Nonce, App Secret, Timestamp', of(nonce, appSecret, timestamp)],
    ['signed in the order Timestamp, Nonce, App Secret', of(timestamp, nonce, appSecret)],
    ['signed in the order Timestamp, App Secret, Nonce', of(timestamp, appSecret, nonce)],
    ['signed without the Nonce', of(appSecret, timestamp)],
    ['signed without the Timestamp', of(appSecret, nonce)],
    ['signed without the App Secret', of(nonce, timestamp).toUpperCase()],
    ...[':', ',', ';', '.', '/', '&', '+', ' ', '|', '-', '_', '\n'].map((sign): [string, string] => [
      `signed with ${JSON.stringify(sign)} between the parts`,
      of(appSecret, sign, nonce, sign, timestamp),
    ]),
    ['signed with the App Key at the end', of(appSecret, nonce, timestamp, APP_KEY)],
    ['signed with the App Key in front', of(APP_KEY, appSecret, nonce, timestamp)],
    ['signed with HMAC-SHA1 and the App Secret as its key, not with SHA-1', hmacOf(appSecret, nonce, timestamp)],
    [
      'signed with HMAC-SHA1 and the App Secret as its key, not with SHA-1',
      hmacOf(appSecret, appSecret, nonce, timestamp),
    ],
    ['signed with HMAC-SHA1 and the App Secret as its text, not with SHA-1', hmacOf(nonce + timestamp, appSecret)],
    [
      'signed with HMAC-SHA1 and the App Secret as its key, not with SHA-1',
      hmacOf('k'.repeat(65), nonce, timestamp),
      { ...parts, appSecret: 'k'.repeat(65) },
    ],
    [
      'signed with HMAC-SHA1 and the App Secret as its key, not with SHA-1',
      hmacOf('k'.repeat(64), nonce, timestamp),
      { ...parts, appSecret: 'k'.repeat(64) },
    ],
    [
      'signed as UTF-16, not as UTF-8',
      createHash('sha1')
        .update(Buffer.from(`é汉${nonce}${timestamp}`, 'utf16le'))
        .digest('hex'),
      { ...parts, appSecret: 'é汉' },
    ],
    [
      'signed as UTF-16, not as UTF-8',
      createHash('sha1')
        .update(Buffer.from(appSecret + nonce + timestamp, 'utf16le'))
        .digest('hex'),
    ],
    [
      'does not fit: the App Secret, the Nonce, the Timestamp or the way they are joined differs',
      of('other', nonce, timestamp),
    ],
    ['has 32 hexadecimal digits, as MD5 has', digestOf('md5')],
    ['has 56 hexadecimal digits, as SHA-224 has', digestOf('sha224')],
    ['has 64 hexadecimal digits, as SHA-256 has', digestOf('sha256')],
    ['has 96 hexadecimal digits, as SHA-384 has', digestOf('sha384')],
    ['has 128 hexadecimal digits, as SHA-512 has', digestOf('sha512')],
    ['has 0 hexadecimal digits', ''],
    ['has 41 hexadecimal digits', '0'.repeat(41)],
    [
      'is written in Base64, not in hexadecimal digits',
      createHash('sha1')
        .update(appSecret + nonce + timestamp)
        .digest('base64'),
    ],
    [
      'is written in Base64, not in hexadecimal digits',
      createHash('sha1')
        .update(appSecret + nonce + timestamp)
        .digest('base64url'),
    ],
    ...[25, 26, 28, 29].map((length): [string, string] => ['is text that is not hexadecimal', 'z'.repeat(length)]),
    ['is text that is not hexadecimal', `${'z'.repeat(27)}==`],
    ['is text that is not hexadecimal', `${'z'.repeat(26)}=`],
    ['is text that is not hexadecimal', `-${'z'.repeat(27)}=`],
    ['has the " -" that sha1sum prints after the digits', `${PUBLISHED.signature}  -`],
    ['has the " -" that sha1sum prints after the digits', `${PUBLISHED.signature} *-`],
    ['has the text that openssl prints in front of the digits', `SHA1(stdin)=${PUBLISHED.signature}`],
    ['has the name of the digest in front of the digits', `sha1:  ${PUBLISHED.signature}`],
    ...['0', '1'].flatMap((digit): [string, string][] => [
      ['is text that is not hexadecimal', `0x${PUBLISHED.signature}${digit}`],
      ['is text that is not hexadecimal', `sha1=${PUBLISHED.signature}${digit}`],
      ['is text that is not hexadecimal', `SHA1(stdin)= ${PUBLISHED.signature}${digit}`],
      ['is text that is not hexadecimal', `${digit}0x${PUBLISHED.signature}`],
      ['has the text that openssl prints in front of the digits', `${digit}sha1=${PUBLISHED.signature}`],
      ['is text that is not hexadecimal', `${digit}${PUBLISHED.signature}  -`],
      ['is text that is not hexadecimal', `${PUBLISHED.signature}-`],
      ['is text that is not hexadecimal', `${digit}"${PUBLISHED.signature}"`],
      ['is text that is not hexadecimal', `"${PUBLISHED.signature}"${digit}`],
      ['is text that is not hexadecimal', `"${PUBLISHED.signature}'`],
      ['is text that is not hexadecimal', `${digit}b'${PUBLISHED.signature}'`],
      ['is text that is not hexadecimal', `b'${PUBLISHED.signature}'${digit}`],
      ['is text that is not hexadecimal', `${digit}ab:cd:ef`],
      ['is text that is not hexadecimal', `ab:cd:ef${digit}`],
      ['is text that is not hexadecimal', `${digit}ab-cd-ef`],
      ['is text that is not hexadecimal', `ab-cd-ef${digit}`],
    ]),
    ['has the text that openssl prints in front of the digits', `SHA1(stdin)= ${PUBLISHED.signature}`],
    ['has the name of the digest in front of the digits', `sha1=${PUBLISHED.signature}`],
    ['has the name of the digest in front of the digits', `SHA-1: ${PUBLISHED.signature}`],
    ['has "0x" in front of the digits', `0x${PUBLISHED.signature}`],
    ['is bytes of Python turned into text', `b'${PUBLISHED.signature}'`],
    [
      'has hyphens between the digits, as BitConverter of .NET writes them',
      PUBLISHED.signature.toUpperCase().replaceAll(/(..)(?!$)/g, '$1-'),
    ],
    ['is in quotes', `"${PUBLISHED.signature}"`],
    ['has colons between the digits', PUBLISHED.signature.replaceAll(/(..)(?!$)/g, '$1:')],
    ['is text that is not hexadecimal', `${'0'.repeat(39)}g`],
    ['is text that is not hexadecimal', `g${'0'.repeat(39)}`],
  ])('%s', (cause, signature, given = parts) => {
    expect(verifySignature(given, signature)).toBe(false)
    expect(explainSignature(given, signature)).toBe(cause)
  })

  test('differs in any one digit', () => {
    for (let i = 0; i < 40; i++) {
      const digits = [...PUBLISHED.signature]
      digits[i] = digits[i] === '0' ? '1' : '0'
      expect(verifySignature(PUBLISHED, digits.join(''))).toBe(false)
    }
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
