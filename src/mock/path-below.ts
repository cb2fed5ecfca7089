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
