/** The signature: the vendor's vectors, and what the runtime's WebCrypto makes of the same parts. */
import { createSigner } from 'rongcloud-status-message'
import { verifySignature } from 'rongcloud-status-message/testing'
import { holds, same, thrown } from './expect.mjs'
import { isPage, KEYS, sha1 } from './world.mjs'

const signerOf = (options) => createSigner({ ...(isPage ? { dangerouslyAllowBrowser: true } : {}), ...options })

/** @see https://docs.rongcloud.cn/im/server/signature */
const [APP_KEY, APP_SECRET] = ['uwd1c0sxdlx2', 'Y1W2MeFwwwRxa0']
const VECTORS = [
  ['14314', '1408710653000', '30be0bbca9c9b2e27578701e9fda2358a814c88f'],
  ['14314', '1585127132438', 'd8daf4b0973a5ec456e08236acb784aa7ba77c82'],
]
/** On the vendor's page for another timestamp, and made with the App Key: must never be taken. */
const WRONG = '45beb7cc7307889a8e711219a47b7cf6a5b000e8'

const parts = (nonce, timestamp) => ({ appKey: APP_KEY, appSecret: APP_SECRET, nonce, timestamp })

export const cases = {
  "the vendor's published vector is made": async () => {
    for (const [nonce, timestamp, signature] of VECTORS) {
      const sign = signerOf({
        appKey: APP_KEY,
        appSecret: APP_SECRET,
        nonce: () => nonce,
        now: () => Number(timestamp),
      })
      same(await sign(), { 'App-Key': APP_KEY, Nonce: nonce, Timestamp: timestamp, Signature: signature })
    }
  },
  'it is taken, in lower and in upper case': () => {
    for (const [nonce, timestamp, signature] of VECTORS) {
      same(verifySignature(parts(nonce, timestamp), signature), true)
      same(verifySignature(parts(nonce, timestamp), signature.toUpperCase()), true)
    }
  },
  "the wrong one of the vendor's page is not taken": () => {
    same(verifySignature(parts('14314', '1408706337'), WRONG), false)
    same(verifySignature(parts('14314', '1585127132438'), WRONG), false)
  },
  'another order of the parts is not taken': async () => {
    const [nonce, timestamp] = VECTORS[0]
    same(verifySignature(parts(nonce, timestamp), await sha1(APP_SECRET + timestamp + nonce)), false)
  },
  'a secret and a nonce beyond ASCII are signed as UTF-8 by the verifier': async () => {
    const odd = { appKey: 'k', appSecret: '密😀', nonce: 'é', timestamp: '1' }
    same(verifySignature(odd, await sha1('密😀é1')), true)
  },
  'a hundred signatures are those of WebCrypto, each with its own nonce of 18 characters': async () => {
    const sign = signerOf(KEYS)
    const seen = new Set()
    for (let i = 0; i < 100; i++) {
      const { Nonce: nonce, Timestamp: timestamp, Signature: signature } = await sign()
      same(signature, await sha1(KEYS.appSecret + nonce + timestamp))
      holds(/^[\x21-\x7e]{1,18}$/.test(nonce) && /^\d{13}$/.test(timestamp), `${nonce} ${timestamp}`)
      seen.add(nonce)
    }
    same(seen.size, 100)
  },
  'the prefix of a proxy stands before each name': async () => {
    same(Object.keys(await signerOf({ ...KEYS, headerPrefix: 'RC-' })()), [
      'RC-App-Key',
      'RC-Nonce',
      'RC-Timestamp',
      'RC-Signature',
    ])
  },
  'a missing secret is refused without telling any': async () => {
    const { name, message } = await thrown(() => signerOf({ appKey: 'k', appSecret: '' }))
    same(name, 'TypeError')
    holds(message.startsWith('"appSecret" must not be empty'), message)
  },
}
