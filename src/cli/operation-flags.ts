/**
 * The fields of an operation as flags, as the contract describes them.
 *
 * @module
 */
import { messages } from '#validators'
import { mockTables, type OperationId, operationIds, operations } from '../core/contract.js'
import { commandLine } from '../core/contract-cli.js'
import type { Violation } from '../core/error.js'
import { decodeForm, encodeForm } from '../core/form.js'
import { type Arguments, didYouMean, type Flag, type Flags, UsageError } from './args.js'

/** Put in front of a field's flag when the command has a flag of that name itself. */
const PREFIX = 'field-'

/** A field and the flag that sets it. */
export interface FieldFlag {
  readonly field: string
  readonly name: string
  readonly flag: Flag
}

/** @throws UsageError for an operation that the contract does not have */
export function findOperation(name: string | undefined): OperationId {
  const found = name === undefined ? operationIds[0] : operationIds.find((id) => id === name)
  if (found) return found
  const hint = didYouMean(name ?? '', operationIds)
  throw new UsageError(`"--operation" must be one of ${operationIds.join(', ')}.${hint}`)
}

/**
 * The operation of `--operation`, before the flags are read: they depend on it.
 *
 * @throws UsageError for an operation that the contract does not have
 */
export function chosenOperation(argv: readonly string[]): OperationId {
  const at = argv.findIndex((arg) => /^--operation(=|$)/.test(arg))
  const [, inline] = argv[at]?.split(/=(.*)/s) ?? []
  return findOperation(at < 0 ? undefined : (inline ?? argv[at + 1]))
}

/** The fields of an operation with their flags. */
export function fieldFlags(operation: OperationId, ownFlags: Flags): readonly FieldFlag[] {
  const { fields } = commandLine[operation]
  const { fields: kinds } = mockTables[operation]
  return Object.entries(fields).map(([field, { flag, about, required, switch: values }]) => {
    const kind = kinds[field] ?? 'string'
    return {
      field,
      name: Object.hasOwn(ownFlags, flag) ? PREFIX + flag : flag,
      flag: {
        value: kind.replace('[]', '').toUpperCase(),
        about: required ? about : `${about} Optional.`,
        list: kind.endsWith('[]'),
        alias: field,
        ...(values && { switch: values }),
      },
    }
  })
}

/** The field that may come on standard input: the content of the message, where the call needs it. */
export function pipedField(operation: OperationId): string | undefined {
  const { content = '' } = operations[operation].message ?? {}
  return commandLine[operation].fields[content]?.required ? content : undefined
}

/**
 * The fields that were given, decoded like a form. The client checks them.
 *
 * @param more fields from elsewhere; those that are undefined are left out
 */
export function readFields(
  operation: OperationId,
  flags: readonly FieldFlag[],
  args: Arguments,
  more: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const given = flags.filter(({ name }) => args.has(name)).map(({ field, name }) => [field, args.values(name)])
  const others = Object.entries(more).filter(([, value]) => value !== undefined)
  return decodeForm(encodeForm(Object.fromEntries([...given, ...others])), mockTables[operation].fields).fields
}

/** "Did you mean" for a message type that the contract does not have; empty when nothing is near. */
export function suggestMessageType(operation: OperationId, fields: object, violations: readonly Violation[]): string {
  const { type = '' } = operations[operation].message ?? {}
  const given = new Map(Object.entries(fields)).get(type)
  if (typeof given !== 'string' || !violations.some(({ field }) => field === type)) return ''
  return didYouMean(given, Object.keys(messages)).trimStart()
}
