/**
 * The fields of an operation as flags, by what the contract says of them.
 *
 * @module
 */
import { commandLine, mockTables, type OperationId, operations } from '../core/contract.js'
import { decodeForm, encodeForm } from '../core/form.js'
import type { Arguments, Flag, Flags } from './args.js'

/** A field whose flag the command needs for itself is told by this in front. */
const PREFIX = 'field-'

/** The fields of an operation with their flags. */
export function fieldFlags(
  operation: OperationId,
  taken: Flags,
): readonly { field: string; name: string; flag: Flag }[] {
  const { fields } = commandLine[operation]
  const { fields: kinds } = mockTables[operation]
  return Object.entries(fields).map(([field, { flag, about, required, switch: values }]) => {
    const kind = kinds[field] ?? 'string'
    const words = required ? about : `${about} May be left out.`
    return {
      field,
      name: Object.hasOwn(taken, flag) ? PREFIX + flag : flag,
      flag: {
        value: kind.replace('[]', '').toUpperCase(),
        about: words,
        list: kind.endsWith('[]'),
        ...(values && { switch: values }),
      },
    }
  })
}

/** The field that may come on standard input. */
export const contentField = (operation: OperationId): string | undefined => operations[operation].message?.content

/** The fields as they were given, read as the form would be; what is wrong with them the client says. */
export function fieldsOf(
  operation: OperationId,
  flags: readonly { field: string; name: string }[],
  args: Arguments,
  more: Readonly<Record<string, string | undefined>>,
): Record<string, unknown> {
  const given = Object.fromEntries(
    flags.filter(({ name }) => args.on(name)).map(({ field, name }) => [field, args.list(name)]),
  )
  const present = Object.entries(more).filter(([, value]) => value !== undefined)
  return decodeForm(encodeForm({ ...given, ...Object.fromEntries(present) }), mockTables[operation].fields).fields
}
