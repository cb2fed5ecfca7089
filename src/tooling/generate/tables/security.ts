/**
 * How calls are signed, and where they go.
 *
 * @module
 */
import { type Json, SpecError } from '../openapi.js'
import { entries } from './schemas.js'

const ROLES = ['appKey', 'nonce', 'timestamp']

/** The headers that sign a call. */
export function securityTable(spec: Json): {
  headers: Record<string, string>
  aliases: Record<string, string[]>
  prefixes: string[]
  signature: string
  signs: string[]
  nonceLength: number | undefined
} {
  const schemes = entries((spec['components']?.['securitySchemes'] ?? {}) as Json)
  const signature = schemes.find(([, scheme]) => scheme['x-signature'])
  if (!signature) throw new SpecError('components/securitySchemes: one scheme must have "x-signature"')
  for (const [name, scheme] of schemes) {
    if (name !== signature[0] && !ROLES.includes(name)) {
      throw new SpecError(
        `components/securitySchemes: "${name}" must be one of ${ROLES.join(', ')}, or carry "x-signature"`,
      )
    }
    if ((scheme['in'] as unknown) !== 'header')
      throw new SpecError(`components/securitySchemes: "${name}" must be in a header`)
  }
  const aliases = (scheme: Json) => (scheme['x-aliases'] as unknown as string[] | undefined) ?? []
  const prefixes = schemes
    .map(([, scheme]) => aliases(scheme).map((alias) => alias.slice(0, -String(scheme['name']).length)))
    .reduce((all, some) => all.filter((prefix) => some.includes(prefix)))
  return {
    headers: Object.fromEntries(schemes.map(([name, scheme]) => [name, String(scheme['name'])])),
    aliases: Object.fromEntries(schemes.map(([name, scheme]) => [name, aliases(scheme)])),
    prefixes,
    signature: signature[0],
    signs: signature[1]['x-signature']?.['of'] as unknown as string[],
    nonceLength: schemes.find(([name]) => name === 'nonce')?.[1]['x-schema']?.['maxLength'] as unknown as
      | number
      | undefined,
  }
}

/** All hosts. */
export const serversOf = (spec: Json): { url: string; region: string | undefined; backup: boolean }[] =>
  ((spec['servers'] as unknown as Json[] | undefined) ?? []).map((server) => ({
    url: String(server['url']).replace(/\/$/, ''),
    region: server['x-region'] as unknown as string | undefined,
    backup: server['x-backup'] !== undefined,
  }))
