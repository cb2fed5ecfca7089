/** Files for programs: the contract, its Markdown, the vectors, the samples, each version, the sitemap. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import type { Spec } from '../../../../src/tooling/docs/content/spec.js'
import { machineFiles } from '../../../../src/tooling/docs/machine-files.js'
import { claims, docsSite, messageTypes, plain, SPEC, textAt, withOperations } from '../../../support/docs-site.js'
import { parseHtml, select, textOf } from '../../../support/html.js'
import { ROOT } from '../../../support/project-copy.js'
import { fileAt } from '../../../support/site-links.js'

const ADDRESS = 'https://example.org/some/project/'
const site = await docsSite({ url: 'https://example.org/some/project' })
const files = await machineFiles(site)
const text = (path: string) => textAt(files, path)
/** A site of a contract with two operations, without vectors, for an address that XML must escape. */
const other = await machineFiles({
  ...site,
  spec: withOperations('cursor_move'),
  vectors: false,
  url: 'https://example.org/a&b/',
})

test('the contract is served unchanged', () => {
  expect(JSON.parse(text('openapi.json'))).toEqual(SPEC)
  expect(parse(text('openapi.yaml'))).toEqual(SPEC)
  expect(JSON.parse(text('v/1.0.0/openapi.json'))).toEqual(SPEC)
})

test('vectors and samples are copies of those of the project, byte for byte', () => {
  const project = (path: string) => readFileSync(join(ROOT, path), 'utf8')
  for (const file of ['vectors.json', 'vectors.schema.json']) expect(text(file)).toBe(project(`generated/${file}`))
  const samples = readdirSync(join(ROOT, 'spec/code-samples'))
  expect(samples.length).toBeGreaterThan(4)
  for (const file of samples) expect(text(`samples/${file}`)).toBe(project(`spec/code-samples/${file}`))
})

test('a site without vectors does not list them', () => {
  expect([...other.keys()].filter((path) => path.includes('vectors'))).toEqual([])
  expect(textAt(other, 'llms.txt')).not.toContain('vectors.')
})

describe('the Markdown reference', () => {
  test('has every field, error, host, type and assumption', () => {
    const markdown = plain(text('reference.md'))
    const texts = [
      ...Object.keys(SPEC.components?.schemas?.['GroupStatusMessage']?.properties ?? {}),
      ...messageTypes().map(([name]) => name),
      ...(SPEC.servers ?? []).map(({ url }) => url),
      ...claims(),
    ]
    expect(texts.length).toBeGreaterThan(40)
    expect(texts.filter((one) => !markdown.includes(plain(one)))).toEqual([])
  })

  test('has a second operation, and so have llms.txt and the Postman collection', () => {
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

/** Files that other builders make. */
const PAGES = ['index.html', 'reference/index.html', 'playground/index.html', 'changelog/index.html']

test('llms.txt has a title and a summary, and links to files that exist', () => {
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
  test('list the current contract where none was released', () => {
    expect(text('v/index.html')).toContain('1.0.0<span class="type">not released yet</span>')
  })

  test('are listed newest first, each in a folder of its own, as it was released', async () => {
    const contract = (version: string): Spec => ({ openapi: '3.1.0', info: { title: 'A', version } })
    const releases = [
      { tag: 'v0.10.0', version: '1.10.0', spec: contract('1.10.0') },
      { tag: 'v0.1.0', version: '1.0.0', spec: contract('1.0.0') },
    ]
    const built = await machineFiles({ ...site, spec: contract('1.10.0'), releases })
    const rows = select(parseHtml(textAt(built, 'v/index.html')), 'dt').map(textOf)
    expect(rows).toEqual(['1.10.0released as v0.10.0', '1.0.0released as v0.1.0'])
    for (const version of ['1.10.0', '1.0.0']) {
      expect(parse(textAt(built, `v/${version}/openapi.yaml`)).info.version).toBe(version)
      expect(JSON.parse(textAt(built, `v/${version}/openapi.json`)).info.version).toBe(version)
      expect(textAt(built, `v/${version}/reference.md`)).toContain(`Version ${version}.`)
    }
  })

  test('that several releases have are listed once, with the newest of them', async () => {
    const spec: Spec = { openapi: '3.1.0', info: { title: 'A', version: '1.0.0' } }
    const releases = ['v0.3.0', 'v0.2.0'].map((tag) => ({ tag, version: '1.0.0', spec }))
    const built = await machineFiles({ ...site, releases })
    const rows = select(parseHtml(textAt(built, 'v/index.html')), 'dt').map(textOf)
    expect(rows).toEqual(['1.0.0released as v0.3.0'])
    expect(JSON.parse(textAt(built, 'v/1.0.0/openapi.json'))).toEqual(spec)
  })
})
