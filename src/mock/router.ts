/**
 * Finds the operation of a request by path and method.
 *
 * @module
 */
import { type OperationId, operationIds, operations, servers } from '../core/contract.js'
import { type Violation, violation } from '../core/error.js'
import { oneOf } from '../core/phrases.js'
import { truncate } from '../core/redact.js'
import { pathBelow } from './path-below.js'

/** Path to operations: `{ [path]: { [method]: operation } }`. */
const ROUTES = new Map<string, Map<string, OperationId>>()
for (const id of operationIds) {
  const { path: pathInSpec, method } = operations[id]
  // Percent-encoded, as in a request.
  const path = new URL(pathInSpec, 'http://x').pathname
  ROUTES.set(path, (ROUTES.get(path) ?? new Map<string, OperationId>()).set(method, id))
}

/** Whether the contract has an operation at this path. */
export const isTaken = (path: string): boolean => ROUTES.has(path)

/** Makes a function that removes the query and the base path: `basePath`, or the base path of one of the contract's servers. */
export function createPaths(basePath = ''): (target: string) => string {
  // Percent-encoded, as in a request.
  const base = new URL(`http://x${basePath}`).pathname
  const bases = [base, ...servers.map(({ url }) => new URL(url).pathname)].filter((path) => /[^/]/.test(path))
  return (target) => {
    const query = target.indexOf('?')
    const path = query < 0 ? target : target.slice(0, query)
    return bases.map((base) => pathBelow(base, path)).find(Boolean) ?? path
  }
}

/** The operation of a request, or the violation if there is none. */
export type Route =
  | { readonly operation: OperationId; readonly violation?: never }
  | { readonly operation?: never; readonly violation: Violation }

/** Finds the operation of a path and a method. */
export function route(path: string, method: string): Route {
  const methods = ROUTES.get(path)
  if (!methods) {
    return { violation: violation('path', 'path', oneOf([...ROUTES.keys()]), truncate(path, 100)) }
  }
  const operation = methods.get(method)
  if (operation !== undefined) return { operation }
  return { violation: violation('method', 'method', [...methods.keys()].join(' or '), method) }
}
