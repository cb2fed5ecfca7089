/** Files for programs: the contract, its Markdown, the vectors, the samples, the sitemap. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { machineFiles } from '../../../../src/tooling/docs/machine-files.js'
import { packageLlmsText } from '../../../../src/tooling/docs/markdown-files.js'
import { claims, docsSite, messageTypes, plain, SPEC, textAt, withOperations } from '../../../support/docs-site.js'
import { ROOT } from '../../../support/project-copy.js'
import { fileAt } from '../../../support/site-links.js'

const ADDRESS = 'https://example.org/some/project/'
const site = await docsSite({ url: 'https://example.org/some/project' })
const files = await machineFiles(site)
const text = (path: string) => textAt(files, path)
/** A site of a contract with two operations, for an address that XML must escape. */
const other = await machineFiles({
  ...site,
  spec: withOperations('cursor_move'),
  url: 'https://example.org/a&b/',
})

test('the contract is served unchanged', () => {
  expect(JSON.parse(text('openapi.json'))).toEqual(SPEC)
  expect(parse(text('openapi.yaml'))).toEqual(SPEC)
})

test('vectors and samples are copies of those of the project, byte for byte', () => {
  const project = (path: string) => readFileSync(join(ROOT, path), 'utf8')
  for (const file of ['vectors.json', 'vectors.schema.json']) expect(text(file)).toBe(project(`generated/${file}`))
  const samples = readdirSync(join(ROOT, 'spec/code-samples'))
  expect(samples.length).toBeGreaterThan(4)
  for (const file of samples) expect(text(`samples/${file}`)).toBe(project(`spec/code-samples/${file}`))
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
    expect(textAt(other, 'reference.md')).toContain('`viewerId` (list of integers; required; 2 to 5 viewers')
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
const PAGES = site.pages.map(({ path }) => fileAt(path))

test('llms.txt has a title and a summary, and links to files that exist', () => {
  expect(text('llms.txt')).toMatch(/^# .+\n\n> .+\n/)
  const links = [...text('llms.txt').matchAll(/\]\(([^)]*)\)/g)].map(([, url = '']) => url)
  const own = links.filter((url) => url.startsWith(ADDRESS)).map((url) => fileAt(url.slice(ADDRESS.length)))
  expect(own.length).toBeGreaterThan(8)
  expect(own.filter((file) => !files.has(file) && !PAGES.includes(file))).toEqual([])
})

test('llms.txt of the package links to its own files, and to pages where the address of the site is known', async () => {
  const unknown = packageLlmsText(await docsSite())
  expect(unknown).toMatch(/^# rongcloud-status-message\n\n> .+\n/)
  expect([...unknown.matchAll(/\]\((.*?)\)/g)].map(([, link]) => link)).toEqual(
    ['openapi.yaml', 'openapi.json', 'vectors.json', 'vectors.schema.json'].map((file) => `generated/${file}`),
  )
  expect(unknown).toContain('- Error codes: Every error code')
  expect(packageLlmsText(site)).toContain(`- [Error codes](${ADDRESS}errors/): Every error code`)
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
