/**
 * The vectors of the contract, and how their bodies are written.
 *
 * @module
 */
import file from '#vectors' with { type: 'json' }
import { type OperationId, operations } from '../../core/contract.js'
import { commandLine } from '../../core/contract-cli.js'

/** A vector of the contract. */
export type Vector = (typeof file)['vectors'][number]

/** Keys with which the vectors are signed. */
export const credentials: (typeof file)['credentials'] = file.credentials

/** One part of a form body as it is written: `name=value`, both encoded. */
export interface Pair {
  readonly name: string
  readonly value: string
}

/** The first vector of an operation: its fields are good, and all others differ from it in one thing. */
export const baseOf = (operation: OperationId): Vector | undefined =>
  file.vectors.find((one) => one.operation === operation)

/** The vectors of an operation. */
export const vectorsOf = (operation: OperationId): Vector[] => file.vectors.filter((one) => one.operation === operation)

/** The body of a vector as one text. */
export const bodyOf = ({ request }: Vector): string =>
  request.body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')

/** The parts of a form body, as they are written. */
export const pairsOf = (body: string): Pair[] =>
  body.split('&').flatMap((text) => {
    if (text === '') return []
    const equals = text.indexOf('=')
    return [equals < 0 ? { name: text, value: '' } : { name: text.slice(0, equals), value: text.slice(equals + 1) }]
  })

/** A text without its escapes; undefined where they are broken. */
export function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}

/** The field that a pair is meant to be: `list[]` and `list[0]` mean `list`. */
export const fieldOf = ({ name }: Pair): string => (decoded(name) ?? name).replace(/\[\d*\]$/, '')

/** The list whose items receive something: the one that the price of a call counts, or that a batch splits. */
export const receiverOf = (operation: OperationId): string | undefined =>
  operations[operation].rateLimit?.cost ?? operations[operation].batch?.field

/** The required fields, in the order of the spec. */
export const requiredOf = (operation: OperationId): string[] =>
  Object.entries(commandLine[operation].fields).flatMap(([name, { required }]) => (required ? name : []))
