/**
 * Captured requests, from whichever kind of file, and which of them are for the API of the contract.
 *
 * @module
 */
import { operationIds, operations, servers } from '../../core/contract.js'
import type { Violation } from '../../core/error.js'

/** One request of a file. */
export interface CapturedRequest {
  /** Where it stands: number of the entry, or of the line. */
  readonly at: number
  readonly method: string
  /** URL or path, as it stands in the file. */
  readonly url: string
  /** By lower-case name. */
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** What is wrong with the capture itself. */
  readonly violation?: Violation
}

/** A file that cannot be read as traffic. */
export class TrafficError extends Error {
  override readonly name = 'TrafficError'
}

/** Headers by lower-case name; those that come again are joined, as servers join them. */
export function headersOf(pairs: readonly (readonly [string, string])[]): Record<string, string> {
  const headers: Record<string, string> = Object.create(null)
  for (const [name, value] of pairs) {
    const key = name.toLowerCase()
    headers[key] = headers[key] === undefined ? value : `${headers[key]}, ${value}`
  }
  return headers
}

const PATHS: ReadonlySet<string> = new Set(operationIds.map((id) => new URL(operations[id].path, 'http://x').pathname))
const LOOPBACK = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** A request's path within the API, or why it is none of the API's. */
export type Place = { readonly path: string; readonly skipped?: never } | { readonly skipped: 'host' | 'path' }

/** The path without that of the base URL. */
const below = (base: URL, { pathname, search }: URL): string => {
  const prefix = base.pathname.replace(/\/$/, '')
  return (pathname.startsWith(`${prefix}/`) ? pathname.slice(prefix.length) : pathname) + search
}

/**
 * Finds the API's requests among those of a browser or a proxy: by host (the contract's, this machine, and `more`), and by
 * path.
 *
 * @param more base URLs
 */
export function placeOf(url: string, more: readonly string[]): Place {
  if (!URL.canParse(url)) return { skipped: 'host' }
  const target = new URL(url)
  const bases = [...more, ...servers.map((server) => server.url)].map((base) => new URL(base))
  const base = bases.find(({ hostname, port, pathname }) => {
    const samePort = port === '' || port === target.port
    // A name may end with a dot.
    return (
      hostname === target.hostname.replace(/\.$/, '') &&
      samePort &&
      target.pathname.startsWith(pathname.replace(/\/$/, ''))
    )
  })
  if (!base && !LOOPBACK.test(target.hostname)) return { skipped: 'host' }
  const path = base ? below(base, target) : target.pathname + target.search
  return PATHS.has(path.split('?', 1)[0] ?? '') ? { path } : { skipped: 'path' }
}
