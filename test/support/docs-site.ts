/** The docs site as tests build it: without git, of the committed contract or of one with more operations. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import type { Assumptions, Spec } from '../../src/tooling/docs/content/spec.js'
import { type Files, openSite, type Site, type SiteOptions } from '../../src/tooling/docs/site.js'
import { ROOT } from './project-copy.js'

/** `generated/openapi.json`. */
export const SPEC: Spec = JSON.parse(readFileSync(join(ROOT, 'generated/openapi.json'), 'utf8'))

export const docsSite = (options: SiteOptions = {}): Promise<Site> => openSite(ROOT, { releases: [], ...options })

/** The path of the first operation. */
export const FIRST_PATH = '/statusmessage/group/publish.json'

/** The contract with operations of `operations/paths` beside the first, and no others. */
export function withOperations(...names: readonly string[]): Spec {
  const added = names.map((name) => {
    const text = readFileSync(join(ROOT, `test/support/operations/paths/${name}.yaml`), 'utf8')
    const bundled = text.replaceAll(/\.\.\/components\/(\w+)\/(\w+)\.yaml/g, '"#/components/$1/$2"')
    return [`/${name.replace('_', '/')}.json`, parse(bundled)] as const
  })
  const first = Object.entries(SPEC.paths ?? {}).filter(([path]) => path === FIRST_PATH)
  return { ...SPEC, paths: Object.fromEntries([...first, ...added]) }
}

/** Text of a file of the site. */
export function textAt(files: Files, path: string): string {
  const content = files.get(path)
  if (content === undefined) throw new Error(`the site has no ${path}`)
  return typeof content === 'string' ? content : Buffer.from(content).toString()
}

/** Every value of a key, anywhere in the contract. */
export function valuesOf(key: string, node: unknown = SPEC): unknown[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, value]) => (name === key ? [value] : valuesOf(key, value)))
}

/** The claims of the assumptions in a part of the contract; by default, in all of it. */
export const claims = (part: unknown = SPEC): string[] =>
  valuesOf('x-assumption', part).flatMap((some) => Object.values(some as Assumptions).map(({ claim }) => claim))

/** The predefined message types of the contract, by name. */
export function messageTypes(): [name: string, type: { readonly status?: boolean }][] {
  const schemas = Object.values(SPEC.components?.schemas ?? {})
  const fields = schemas.flatMap(({ properties }) => Object.values(properties ?? {}))
  return fields.flatMap((field) => Object.entries(field['x-message-types'] ?? {}))
}

/** Text without the marks of Markdown and with single spaces, to compare a page with its source. */
export const plain = (text: unknown): string => String(text).replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ').trim()
