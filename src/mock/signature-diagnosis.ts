/**
 * Signatures that are wrong in a way that somebody knows.
 *
 * @module
 */
import { security } from '../core/contract.js'
import { type Parts, verifySignature } from '../core/signature.js'

/** All orders of a list. */
const ordersOf = (list: readonly string[]): string[][] =>
  list.length < 2
    ? [[...list]]
    : list.flatMap((one, i) => ordersOf([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]))

/** How a wrong signature may have come about: the parts that its maker took in place of the right ones. */
const mistakes = (): readonly (readonly [string, (parts: Parts) => Parts])[] => [
  ['signed with the App Key in place of the App Secret', (parts) => ({ ...parts, appSecret: parts['appKey'] ?? '' })],
  [
    'signed with nonce and timestamp swapped',
    ({ nonce = '', timestamp = '', ...rest }) => ({ ...rest, nonce: timestamp, timestamp: nonce }),
  ],
  [
    'signed with the timestamp in seconds, while the header has milliseconds',
    ({ timestamp = '', ...rest }) => ({ ...rest, timestamp: timestamp.slice(0, -3) }),
  ],
  [
    'signed with the timestamp in milliseconds, while the header has seconds',
    ({ timestamp = '', ...rest }) => ({ ...rest, timestamp: `${timestamp}000` }),
  ],
  ...ordersOf(security.signs).map(
    (order) =>
      [
        `signed with its parts in the order ${order.join(', ')}`,
        (parts: Parts) =>
          Object.fromEntries(security.signs.map((name, i) => [name, parts[order[i] as string] ?? ''])) as Parts,
      ] as const,
  ),
  ['signed without the nonce', (parts) => ({ ...parts, nonce: '' })],
  ['signed without the timestamp', (parts) => ({ ...parts, timestamp: '' })],
  ['signed without the App Secret', (parts) => ({ ...parts, appSecret: '' })],
  ...[':', ',', '&', '+', ' ', '\n'].map(
    (sign) =>
      [
        `signed with ${JSON.stringify(sign)} between the parts, which are joined with nothing`,
        ({ nonce = '', ...rest }: Parts) => ({ ...rest, nonce: sign + nonce + sign }),
      ] as const,
  ),
]

/**
 * Says which known mistake made this signature, or what it looks like; never the right one, never the secret.
 * Only for signatures that `verifySignature` has refused.
 */
export function explainSignature(parts: Parts, signature: string): string {
  if (!/^[0-9a-f]*$/i.test(signature)) return 'text that is not hexadecimal'
  if (signature.length !== 40) return `${signature.length} hexadecimal digits`
  const mistake = mistakes().find(([, change]) => verifySignature(change(parts), signature))
  return mistake
    ? `one ${mistake[0]}`
    : 'another one: the App Secret, the nonce, the timestamp or the way they are joined differs'
}
