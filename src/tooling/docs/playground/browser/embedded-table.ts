/**
 * The table of the spec that the build embeds in this script.
 *
 * @module
 */
import { type OperationId, operationIds } from '../../../../core/contract.js'
import type { OperationTable, SpecTable } from '../spec-table.js'

/** Defined by the bundler. */
declare const PLAYGROUND_TABLE: SpecTable

export const specTable: SpecTable = PLAYGROUND_TABLE

/** An operation with its table; the first operation for an id that no operation has. */
export function findOperation(id: string): { readonly id: OperationId; readonly table: OperationTable } {
  const found = operationIds.find((operationId) => operationId === id) ?? operationIds[0]
  const table = specTable.operations.find((operation) => operation.id === found)
  if (!found || !table) throw new Error('playground: the table was built from another spec')
  return { id: found, table }
}
