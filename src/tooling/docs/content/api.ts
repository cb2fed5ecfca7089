/**
 * What the spec says of all operations together: signature, hosts, assumptions, the sections of its description.
 *
 * @module
 */
import type { Json } from '../../generate/openapi.js'
import { securityTable } from '../../generate/tables/security.js'
import { assumed, text } from './fields.js'

/** A header that signs a call. */
export interface SigningHeader {
  /** Name of the security scheme. */
  readonly id: string
  readonly header: string
  readonly description: string
  readonly aliases: readonly string[]
  readonly assumptions: readonly string[]
}

/** How a call is signed. */
export interface Signing {
  readonly headers: readonly SigningHeader[]
  /** Name of the scheme that is the signature. */
  readonly signature: string
  readonly algorithm: string
  readonly encoding: string
  /** Longest nonce, in characters; infinite where nothing bounds it. */
  readonly nonceLength: number
  /** The parts that are signed: a scheme, or `appSecret`. */
  readonly of: readonly string[]
  /** Published values by scheme, with the secret and the `source`; undefined where the spec has none. */
  readonly vector: Readonly<Record<string, string>> | undefined
}

/** A host of a region. */
export interface Region {
  readonly name: string
  readonly id: string
  readonly primary: string
  readonly backup: string | undefined
  /** What the spec says of its hosts beyond their names. */
  readonly notes: readonly string[]
}

/** The security schemes of the spec; undefined when none makes a signature. */
export function signingOf(spec: Json): Signing | undefined {
  const schemes = Object.entries((spec['components']?.['securitySchemes'] ?? {}) as Record<string, Json>)
  const found = schemes.find(([, scheme]) => scheme['x-signature'])
  if (!found) return undefined
  const { algorithm, encoding, of, vector } = found[1]['x-signature'] as unknown as Omit<
    Signing,
    'headers' | 'signature' | 'nonceLength'
  >
  const headers = schemes.map(([id, scheme]) => ({
    id,
    header: text(scheme['name']),
    description: text(scheme['description']),
    aliases: (scheme['x-aliases'] ?? []) as unknown as string[],
    assumptions: assumed(scheme),
  }))
  const { nonceLength = Number.POSITIVE_INFINITY } = securityTable(spec)
  return { headers, signature: found[0], nonceLength, algorithm, encoding, of, vector }
}

/** Servers by region, in the order of the spec. A description is read as "Region, which one. Notes." */
export function regionsOf(spec: Json): Region[] {
  const servers = (spec['servers'] ?? []) as unknown as Json[]
  const ids = [...new Set(servers.map((one) => text(one['x-region']) || text(one['url'])))]
  return ids.map((id) => {
    const own = servers.filter((one) => (text(one['x-region']) || text(one['url'])) === id)
    const said = own.map((one) => /^([^.,]*)[^.]*\.?\s*([\s\S]*)$/.exec(text(one['description'])))
    const backup = own.find((one) => one['x-backup'] !== undefined)
    return {
      id,
      name: said[0]?.[1] || id,
      primary: text((own.find((one) => one !== backup) ?? own[0])?.['url']),
      backup: backup && text(backup['url']),
      notes: said.flatMap((one) => (one?.[2] ? [one[2]] : [])),
    }
  })
}

/** One `##` section of `info.description`; the first, without a title, is what stands above them. */
export interface Section {
  readonly title: string
  readonly markdown: string
}

/** `info.description` by its second-level headings. */
export function sectionsOf(spec: Json): Section[] {
  const [intro = '', ...rest] = text(spec['info']?.['description']).split(/^## /m)
  const sections = rest.map((part) => {
    const [title = '', ...body] = part.split('\n')
    return { title: title.trim(), markdown: body.join('\n').trim() }
  })
  return [{ title: '', markdown: intro.trim() }, ...sections]
}
