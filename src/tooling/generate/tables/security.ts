/**
 * How calls are signed, and where they go.
 *
 * @module
 */
import type { Security, Server } from '../../../core/contract.js'
import { type SchemeNode, type Spec, schemesOf } from '../openapi.js'

const aliasesOf = (scheme: SchemeNode) => scheme['x-aliases'] ?? []

/** Prefixes under which each header has an alias. */
function prefixesOf(schemes: readonly SchemeNode[]): string[] {
  const [first = [], ...others] = schemes.map((scheme) =>
    aliasesOf(scheme).map((alias) => alias.slice(0, -scheme.name.length)),
  )
  return first.filter((prefix) => others.every((one) => one.includes(prefix)))
}

/** The headers that sign a call. */
export function securityTable(spec: Spec): Security {
  const schemes = schemesOf(spec)
  const [signature, { 'x-signature': rule } = {}] = schemes.find(([, scheme]) => scheme['x-signature']) ?? []
  if (signature === undefined || !rule) throw new Error('no security scheme has "x-signature"')
  const nonceLength = schemes.find(([name]) => name === 'nonce')?.[1]['x-schema']?.maxLength
  return {
    headers: Object.fromEntries(schemes.map(([name, scheme]) => [name, scheme.name])),
    aliases: Object.fromEntries(schemes.map(([name, scheme]) => [name, aliasesOf(scheme)])),
    prefixes: prefixesOf(schemes.map(([, scheme]) => scheme)),
    signature,
    signs: rule.of,
    ...(nonceLength !== undefined && { nonceLength }),
  }
}

/** All hosts. */
export const serversOf = (spec: Spec): Server[] =>
  (spec.servers ?? []).map((server) => ({
    url: server.url.replace(/\/$/, ''),
    ...(server['x-region'] !== undefined && { region: server['x-region'] }),
    backup: server['x-backup'] !== undefined,
  }))
