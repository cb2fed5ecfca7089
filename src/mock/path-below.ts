/**
 * Paths below a base URL.
 *
 * @module
 */

/** The path below a base path: `/x` for `/api/x` below `/api`. Empty for the base path itself, undefined for other paths. */
export function pathBelow(base: string, path: string): string | undefined {
  const prefix = base.replace(/\/+$/, '')
  return path === prefix || path.startsWith(`${prefix}/`) ? path.slice(prefix.length) : undefined
}

/** The path below the longest of the base URLs that it is below, whatever their hosts; undefined when it is below none. */
export function pathBelowLongest(bases: readonly URL[], path: string): string | undefined {
  const found = bases.flatMap((base) => pathBelow(base.pathname, path) ?? [])
  return found.sort((a, b) => a.length - b.length)[0]
}

/** A host without the dot that it may end with, in front of its port. */
export const withoutDot = (host: string): string => host.replace(/\.(?=(:\d+)?$)/, '')
