/** What programs read: the contract, its Markdown, the vectors, the samples, each version, the sitemap. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { programFiles } from '../../../../src/tooling/docs/machine-files.js'
import type { Spec } from '../../../../src/tooling/generate/openapi.js'
import { docsSite, plain, SPEC, textAt, valuesOf, withOperations } from '../../../support/docs-site.js'
import { parseHtml, select, textOf } from '../../../support/html.js'
import { ROOT } from '../../../support/project-copy.js'
import { fileAt } from '../../../support/site-links.js'

const ADDRESS = 'https://example.org/some/project/'
const site = await docsSite({ url: 'https://example.org/some/project' })
const files = await programFiles(site)
const text = (path: string) => textAt(files, path)
/** Of a contract with two operations, without vectors, for an address that XML must escape. */
const other = await programFiles({
  ...site,
  spec: withOperations('cursor_move'),
  vectors: false,
  url: 'https://example.org/a&b/',
})

test('the contract is offered as it is', () => {
  expect(JSON.parse(text('openapi.json'))).toEqual(SPEC)
  expect(parse(text('openapi.yaml'))).toEqual(SPEC)
  expect(JSON.parse(text('v/1.0.0/openapi.json'))).toEqual(SPEC)
})

test('vectors and samples are those of the project, byte for byte', () => {
  const project = (path: string) => readFileSync(join(ROOT, path), 'utf8')
  for (const file of ['vectors.json', 'vectors.schema.json']) expect(text(file)).toBe(project(`generated/${file}`))
  const samples = readdirSync(join(ROOT, 'spec/code-samples'))
  expect(samples.length).toBeGreaterThan(4)
  for (const file of samples) expect(text(`samples/${file}`)).toBe(project(`spec/code-samples/${file}`))
})

test('a site without vectors names none', () => {
  expect([...other.keys()].filter((path) => path.includes('vectors'))).toEqual([])
  expect(textAt(other, 'llms.txt')).not.toContain('vectors.')
})

describe('the Markdown reference', () => {
  test('says every field, error, host, type and assumption', () => {
    const markdown = plain(text('reference.md'))
    const said = [
      ...Object.keys(SPEC['components']?.['schemas']?.['GroupStatusMessage']?.['properties'] ?? {}),
      ...Object.keys(valuesOf('x-message-types')[0] as Spec),
      ...(SPEC['servers'] as unknown as { url: string }[]).map(({ url }) => url),
      ...valuesOf('x-assumption').map(String),
    ]
    expect(said.length).toBeGreaterThan(40)
    expect(said.filter((one) => !markdown.includes(plain(one)))).toEqual([])
  })

  test('has a second operation too, as llms.txt and the collection have', () => {
    expect(textAt(other, 'reference.md')).toContain(
      '`viewerId` (list of integers; required; at least 2 viewers; at most 5 viewers',
    )
    expect(textAt(other, 'llms.txt')).toContain('`POST /cursor/move.json` (`moveCursor`)')
    const { item } = JSON.parse(textAt(other, 'collections/postman.json')) as {
      item: { name: string; item: { request: { header: object[] } }[] }[]
    }
    expect(item.map(({ name }) => name)).toContain('Move a cursor')
    const move = item.find(({ name }) => name === 'Move a cursor')?.item[0]
    expect(move?.request.header).toEqual([{ key: 'X-Board', value: 'red' }])
  })
})

/** Files that are made elsewhere, and may be named. */
const PAGES = ['index.html', 'reference/index.html', 'playground/index.html', 'changelog/index.html']

test('llms.txt has a title and a summary, and names files that are there by their address', () => {
  expect(text('llms.txt')).toMatch(/^# .+\n\n> .+\n/)
  const links = [...text('llms.txt').matchAll(/\]\(([^)]*)\)/g)].map(([, url = '']) => url)
  const own = links.filter((url) => url.startsWith(ADDRESS)).map((url) => fileAt(url.slice(ADDRESS.length)))
  expect(own.length).toBeGreaterThan(8)
  expect(own.filter((file) => !files.has(file) && !PAGES.includes(file))).toEqual([])
})

describe('the sitemap', () => {
  test('is XML with an absolute address for each page', () => {
    // Its whole text: with nothing else in it, it is well-formed.
    expect(text('sitemap.xml')).toMatch(
      /^<\?xml version="1\.0" encoding="UTF-8"\?>\n<urlset xmlns="http:\/\/www\.sitemaps\.org\/schemas\/sitemap\/0\.9">\n( {2}<url><loc>[^<>&"']+<\/loc><\/url>\n)+<\/urlset>\n$/,
    )
    const urls = [...text('sitemap.xml').matchAll(/<loc>(.*)<\/loc>/g)].map(([, url = '']) => url)
    expect(urls).toContain(`${ADDRESS}reference/`)
    expect(urls.length).toBeGreaterThan(5)
    for (const url of urls) {
      expect(url.startsWith(ADDRESS), url).toBe(true)
      const file = fileAt(url.slice(ADDRESS.length))
      expect(files.has(file) || PAGES.includes(file), file).toBe(true)
    }
  })

  test('escapes an address', () => {
    expect(textAt(other, 'sitemap.xml')).toContain('<loc>https://example.org/a&amp;b/reference/</loc>')
  })
})

describe('versions', () => {
  test('of a contract that was never released: the one at hand', () => {
    expect(text('v/index.html')).toContain('1.0.0<span class="type">not released yet</span>')
  })

  test('stand the newest first, each in a folder of its own, as it was released', async () => {
    // As small as a contract can be; its type knows no names.
    const contract = (version: string) => ({ openapi: '3.1.0', info: { title: 'A', version } }) as unknown as Spec
    const releases = [
      { tag: 'v0.10.0', version: '1.10.0', spec: contract('1.10.0') },
      { tag: 'v0.1.0', version: '1.0.0', spec: contract('1.0.0') },
    ]
    const built = await programFiles({ ...site, spec: contract('1.10.0'), releases })
    const rows = select(parseHtml(textAt(built, 'v/index.html')), 'dt').map(textOf)
    expect(rows).toEqual(['1.10.0released as v0.10.0', '1.0.0released as v0.1.0'])
    for (const version of ['1.10.0', '1.0.0']) {
      expect(parse(textAt(built, `v/${version}/openapi.yaml`)).info.version).toBe(version)
      expect(JSON.parse(textAt(built, `v/${version}/openapi.json`)).info.version).toBe(version)
      expect(textAt(built, `v/${version}/reference.md`)).toContain(`Version ${version}.`)
    }
  })
})
