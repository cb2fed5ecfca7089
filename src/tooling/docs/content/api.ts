/**
 * What the spec says of the whole API: how calls are signed, the hosts, the sections of its description.
 *
 * @module
 */
import { assumptionsOf, type Unconfirmed } from './fields.js'
import { MESSAGE_TYPES, type ServerNode, type Spec, schemesOf, securityTable } from './spec.js'

/** A header that signs a call. */
export interface SigningHeader {
  /** Name of the security scheme. */
  readonly id: string
  readonly header: string
  readonly description: string
  readonly aliases: readonly string[]
  readonly assumptions: readonly Unconfirmed[]
}

/** How a call is signed. */
export interface Signing {
  readonly headers: readonly SigningHeader[]
  /** Name of the security scheme that is the signature. */
  readonly signature: string
  readonly algorithm: string
  readonly encoding: string
  /** Longest nonce, in characters; infinite where the spec has no limit. */
  readonly nonceLength: number
  /** What is signed, in order: names of security schemes, and `appSecret`. */
  readonly of: readonly string[]
  /** Published values by scheme, with the secret and the `source`; undefined where the spec has none. */
  readonly vector: Readonly<Record<string, string>> | undefined
}

/** A region with its hosts. */
export interface Region {
  readonly name: string
  readonly id: string
  readonly primary: string
  readonly backup: string | undefined
  /** What the spec says of its hosts beyond their names. */
  readonly notes: readonly string[]
}

/** How calls are signed; undefined when no security scheme is a signature. */
export function describeSigning(spec: Spec): Signing | undefined {
  const schemes = schemesOf(spec)
  const [signature, { 'x-signature': rule } = {}] = schemes.find(([, scheme]) => scheme['x-signature']) ?? []
  if (signature === undefined || !rule) return undefined
  const headers = schemes.map(([id, scheme]) => ({
    id,
    header: scheme.name,
    description: (scheme.description ?? '').trim(),
    aliases: scheme['x-aliases'] ?? [],
    assumptions: assumptionsOf(scheme),
  }))
  const { nonceLength = Number.POSITIVE_INFINITY } = securityTable(spec)
  const { algorithm, encoding, of, vector } = rule
  return { headers, signature, nonceLength, algorithm, encoding, of, vector }
}

const regionId = (server: ServerNode): string => server['x-region'] ?? server.url

/** Hosts by region, in the order of the spec. A server's description is read as "Region, which host. Notes." */
export function describeRegions(spec: Spec): Region[] {
  const servers = spec.servers ?? []
  return [...new Set(servers.map(regionId))].map((id) => {
    const ofRegion = servers.filter((server) => regionId(server) === id)
    const descriptions = ofRegion.map(({ description = '' }) =>
      /^([^.,]*)[^.]*\.?\s*([\s\S]*)$/.exec(description.trim()),
    )
    const backup = ofRegion.find((server) => server['x-backup'] !== undefined)
    const primary = ofRegion.find((server) => server !== backup) ?? backup
    return {
      id,
      name: descriptions[0]?.[1] || id,
      primary: primary?.url ?? '',
      backup: backup?.url,
      notes: descriptions.flatMap((match) => match?.[2] || []),
    }
  })
}

/** One `##` section of `info.description`. The first has no title: it is the text above the sections. */
export interface DescriptionSection {
  readonly title: string
  readonly markdown: string
}

/** `info.description` by its second-level headings, without the table of message types: the pages show more than it does. */
export function descriptionSections(spec: Spec): DescriptionSection[] {
  const [intro = '', ...parts] = (spec.info?.description ?? '').trim().split(/^## /m)
  const sections = parts.map((part) => {
    const [title = '', ...body] = part.split('\n')
    return { title: title.trim(), markdown: body.join('\n').trim() }
  })
  return [{ title: '', markdown: intro.trim() }, ...sections.filter(({ title }) => title !== MESSAGE_TYPES)]
}
