/**
 * Which operation is a request for?
 *
 * @module
 */
import { type OperationId, operationIds, operations, servers } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { truncate } from '../core/redact.js'

/** Path to operations: `{ [path]: { [method]: operation } }`. */
const ROUTES = new Map<string, Map<string, OperationId>>()
for (const id of operationIds) {
  const { path: written, method } = operations[id]
  // As it comes over the wire.
  const path = new URL(written, 'http://x').pathname
  ROUTES.set(path, (ROUTES.get(path) ?? new Map<string, OperationId>()).set(method, id))
}

/** Whether the contract has an operation at this path. */
export const isTaken = (path: string): boolean => ROUTES.has(path)

/** Removes query and base path: those of the contract's hosts, and one that the caller may have in front of them. */
export function createPaths(own = ''): (target: string) => string {
  const bases = [own, ...servers.map(({ url }) => new URL(url).pathname)]
    .map((path) => path.replace(/\/$/, ''))
    .filter((path) => path !== '')
  return (target) => {
    const query = target.indexOf('?')
    const whole = query < 0 ? target : target.slice(0, query)
    const base = bases.find((one) => whole.startsWith(`${one}/`))
    return base === undefined ? whole : whole.slice(base.length)
  }
}

/** The operation of a request, or why there is none. */
export type Route =
  | { readonly operation: OperationId; readonly violation?: never }
  | { readonly operation?: never; readonly violation: Violation }

/** Finds the operation of a path and a method. */
export function route(path: string, method: string): Route {
  const methods = ROUTES.get(path)
  if (!methods) {
    return { violation: violation('path', 'path', `one of ${[...ROUTES.keys()].join(', ')}`, truncate(path, 100)) }
  }
  const operation = methods.get(method)
  if (operation !== undefined) return { operation }
  return { violation: violation('method', 'method', [...methods.keys()].join(' or '), method) }
}
