/** The rules of import between folders, and that only the spec knows the API. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../support/project-copy.js'

/** What each folder may import, beside itself and `generated/`. The entry points are the files of `src/` itself. */
const MAY_IMPORT: Readonly<Record<string, readonly string[]>> = {
  core: [],
  'rate-limit': ['core'],
  client: ['core', 'rate-limit'],
  mock: ['core'],
  'entry points': ['core', 'rate-limit', 'client', 'mock'],
  cli: ['core', 'rate-limit', 'client', 'mock', 'entry points'],
  // Build time: never shipped, and imported by nothing above.
  tooling: ['core', 'rate-limit', 'client', 'mock', 'cli', 'entry points'],
}

/** Folders that may read what is generated, by what they read. */
const READERS: Readonly<Record<string, readonly string[]>> = {
  '../generated': ['client', 'core', 'entry points'],
  '#validators': ['cli', 'client', 'core', 'mock'],
  '#vectors': ['cli', 'mock'],
}

const src = join(ROOT, 'src')
const files = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) => /(?<!\.d)\.[jt]s$/.test(file))
const textOf = (file: string) => readFileSync(join(src, file), 'utf8')
const folderOf = (file: string) => (file.includes('/') ? (file.split('/')[0] ?? '') : 'entry points')
const isShipped = (file: string) => !/^tooling\//.test(file)

const IMPORT = /^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'|\bimport\('([^']+)'\)/gm

/** What a file imports, types included: files of `src/` by their name, all else as it is written. */
function importsOf(file: string): string[] {
  const written = [...textOf(file).matchAll(IMPORT)].map(([, from, bare, late]) => from ?? bare ?? late ?? '')
  return written.map((from) => {
    if (!from.startsWith('.')) return from
    const path = normalize(join(dirname(file), from))
    const source = path.replace(/\.js$/, '.ts')
    return files.includes(source) ? source : path
  })
}

const graph: ReadonlyMap<string, readonly string[]> = new Map(files.map((file) => [file, importsOf(file)]))
const inSrc = (file: string) => (graph.get(file) ?? []).filter((from) => graph.has(from))

/** All that a file reaches, itself included, and what these import from elsewhere. */
function reachOf(file: string, seen = new Set<string>()): Set<string> {
  if (seen.has(file)) return seen
  seen.add(file)
  for (const from of graph.get(file) ?? []) reachOf(from, seen)
  return seen
}

describe('imports', () => {
  test('go from folder to folder only as the rules say', () => {
    const wrong = files.flatMap((file) => {
      const folder = folderOf(file)
      const allowed = [folder, ...(MAY_IMPORT[folder] ?? [])]
      return inSrc(file).flatMap((from) => (allowed.includes(folderOf(from)) ? [] : [`${file} imports ${from}`]))
    })
    expect(wrong).toEqual([])
    expect(new Set(files.map(folderOf))).toEqual(new Set(Object.keys(MAY_IMPORT)))
  })

  test('of the docs reach the generator through one file alone', () => {
    const readers = files.filter((file) => file.startsWith('tooling/docs/'))
    const through = readers.filter((file) => inSrc(file).some((from) => from.startsWith('tooling/generate/')))
    expect(through).toEqual(['tooling/docs/content/spec.ts'])
  })

  test('never go round in a circle', () => {
    const done = new Set<string>()
    const circles: string[] = []
    const visit = (file: string, path: readonly string[]): void => {
      if (path.includes(file)) circles.push([...path.slice(path.indexOf(file)), file].join(' -> '))
      if (done.has(file) || path.includes(file)) return
      for (const from of inSrc(file)) visit(from, [...path, file])
      done.add(file)
    }
    for (const file of files) visit(file, [])
    expect(circles).toEqual([])
  })

  test.each(Object.entries(READERS))('of %s stand in few folders', (what, readers) => {
    const found = files.filter(isShipped).filter((file) => importsOf(file).some((from) => from.startsWith(what)))
    expect([...new Set(found.map(folderOf))].toSorted()).toEqual(readers)
  })

  test('entry points only re-export', () => {
    const own = files.filter((file) => folderOf(file) === 'entry points')
    const code = own.filter((file) => /^(?!export (type )?[{*]|import type|\s|\}|\/\*\*| \*|$)/m.test(textOf(file)))
    expect(code).toEqual([])
  })

  test('of other packages: "." reaches openapi-fetch alone, "./testing" and "./redis" none', () => {
    const packagesOf = (file: string) => [...reachOf(file)].filter((from) => /^[a-z@]/.test(from) && !graph.has(from))
    expect(packagesOf('index.ts')).toEqual(['openapi-fetch'])
    expect(packagesOf('testing.ts')).toEqual([])
    expect(packagesOf('redis.ts')).toEqual([])
  })
})

test('no code of src/ says a word that only the spec may know', () => {
  const words =
    /statusmessage|toGroupId|fromUserId|objectName|isIncludeSender|messageUID|errorMessage|RC:|rong-api|light-api|sendGroup/i
  const found = files.flatMap((file) =>
    textOf(file)
      .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
      .split('\n')
      .filter((line) => words.test(line))
      .map((line) => `${file}: ${line.trim()}`),
  )
  expect(found).toEqual([])
})

test('signature and App Secret are compared in constant time, only by `constantTimeEqual`', () => {
  const comparison = /[!=]== *(appSecret|signature)\b|\bsignature *[!=]==/
  expect(files.filter((file) => file.startsWith('mock/') && comparison.test(textOf(file)))).toEqual([])
  expect(textOf('mock/credentials.ts')).toContain("constantTimeEqual(sentKey, appSecret || '')")
  expect(textOf('core/signature.ts')).toContain('constantTimeEqual(signature.toLowerCase(), signatureOf(parts))')
})
