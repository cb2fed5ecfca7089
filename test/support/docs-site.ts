/** The docs site as tests build it: without git, of the committed contract or of one with more operations. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'yaml'
import { type Files, openSite, type Site, type SiteOptions } from '../../src/tooling/docs/site.js'
import type { Spec } from '../../src/tooling/generate/openapi.js'
import { ROOT } from './project-copy.js'

/** `generated/openapi.json`. */
export const SPEC: Spec = JSON.parse(readFileSync(join(ROOT, 'generated/openapi.json'), 'utf8')) as Spec

export const docsSite = (options: SiteOptions = {}): Promise<Site> => openSite(ROOT, { releases: [], ...options })

/** The contract with operations of `operations/paths` beside the first. */
export function withOperations(...names: readonly string[]): Spec {
  const added = names.map((name) => {
    const text = readFileSync(join(ROOT, `test/support/operations/paths/${name}.yaml`), 'utf8')
    const bundled = text.replaceAll(/\.\.\/components\/(\w+)\/(\w+)\.yaml/g, '"#/components/$1/$2"')
    return [`/${name.replace('_', '/')}.json`, parse(bundled) as Spec] as const
  })
  return { ...SPEC, paths: { ...SPEC['paths'], ...Object.fromEntries(added) } } as Spec
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

/** Markdown's marks and the width of spaces do not show on a page. */
export const plain = (text: unknown): string => String(text).replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ').trim()
