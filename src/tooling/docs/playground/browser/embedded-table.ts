/**
 * The table that was made from the spec when the page was built.
 *
 * @module
 */
import { type OperationId, operationIds } from '../../../../core/contract.js'
import type { OperationTable, Table } from '../spec-table.js'

/** Put in by the bundler. */
declare const PLAYGROUND_TABLE: Table

export const table: Table = PLAYGROUND_TABLE

const byId = new Map(table.operations.map((one) => [one.id, one]))

/** The operation's table; the first one's for an id that is none. */
export function known(id: string): { readonly id: OperationId; readonly words: OperationTable } {
  const found = operationIds.find((one) => one === id) ?? (operationIds[0] as OperationId)
  return { id: found, words: byId.get(found) as OperationTable }
}
