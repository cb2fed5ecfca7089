/**
 * The ways to make a signature, right and wrong, that the vectors have and that the probe recognises in them.
 *
 * The generator reads this too: nothing here may need what is generated.
 *
 * @module
 */
import { sha1 } from '../../core/sha1.js'
import type { Parts } from '../../core/signature.js'

/** A signature made in one way. */
export interface MadeSignature {
  /** Such as `made without nonce`. */
  readonly label: string
  readonly signature: string
  /** Whether the contract refuses it, unless the right one is the same. */
  readonly isRefused: boolean
}

/** Each part left out, and each pair of neighbours in another order. */
function otherOrders(signs: readonly string[]): { label: string; order: readonly string[] }[] {
  const swapped = signs.slice(1).map((part, i) => {
    const before = signs[i] ?? ''
    return { label: `made with ${before} and ${part} swapped`, order: signs.toSpliced(i, 2, part, before) }
  })
  const without = signs.map((part) => ({ label: `made without ${part}`, order: signs.filter((one) => one !== part) }))
  return [...swapped, ...without]
}

/**
 * The signatures of some parts, the right one first.
 *
 * @param signs names of the parts that are signed, in their order
 */
export function signaturesOf(parts: Parts, signs: readonly string[]): readonly MadeSignature[] {
  const { appKey = '', timestamp = '' } = parts
  const sign = (change: Parts = {}, order = signs) =>
    sha1(order.map((part) => ({ ...parts, ...change })[part] ?? '').join(''))
  const right = sign()
  const refused = {
    'made with the App Key in place of the App Secret': sign({ appSecret: appKey }),
    'made with another secret': sign({ appSecret: 'another' }),
    'made with seconds, while milliseconds are sent': sign({ timestamp: timestamp.slice(0, -3) }),
    ...Object.fromEntries(otherOrders(signs).map(({ label, order }) => [label, sign({}, order)])),
    'cut off': right.slice(0, 38),
    'in Base64': Buffer.from(right, 'hex').toString('base64'),
    'one digit off': `${right.slice(0, -1)}${right.endsWith('0') ? '1' : '0'}`,
  }
  return [
    { label: 'right', signature: right, isRefused: false },
    { label: 'in upper case', signature: right.toUpperCase(), isRefused: false },
    ...Object.entries(refused).map(([label, signature]) => ({ label, signature, isRefused: true })),
  ]
}
