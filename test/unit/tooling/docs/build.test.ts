/** All files of the site that are built in this process: every link resolves, every page has its policy, no file a secret. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { contentFiles, mistakeOfFolder } from '../../../../src/tooling/docs/build.js'
import { playgroundPage } from '../../../../src/tooling/docs/playground/page.js'
import { navigationFaults } from '../../../../src/tooling/docs/render/navigation.js'
import { selfHostedFiles } from '../../../../src/tooling/docs/render/reference.js'
import { type Files, mergeFiles } from '../../../../src/tooling/docs/site.js'
import { found } from '../../../support/canary.js'
import { docsSite, textAt } from '../../../support/docs-site.js'
import { elementsOf, parseHtml } from '../../../support/html.js'
import { ROOT } from '../../../support/project-copy.js'
import { REDOC_PAGE } from '../../../support/redoc-page.js'
import { givenSecrets, MADE_UP, readable } from '../../../support/secrets.js'
import { followLinks } from '../../../support/site-links.js'

const BUILT_WITH = 'Zq7vW-OfTheBu1ld'
process.env['RONGCLOUD_APP_SECRET'] = BUILT_WITH
afterAll(() => {
  delete process.env['RONGCLOUD_APP_SECRET']
})

const site = await docsSite()
const content = await contentFiles(site)
/** With the pages of reference and playground, but without their scripts. */
const files: Files = mergeFiles([
  content,
  await selfHostedFiles(site, REDOC_PAGE, 'return x._factory??=Function(y),!0'),
  new Map([
    ['playground/index.html', await playgroundPage(site)],
    ['playground/playground.js', ''],
    ['playground/playground.css', ''],
    ['assets/site.js', ''],
    ['assets/theme.js', ''],
  ]),
])
const PAGES = site.pages.map(({ path }) => `${path}index.html`).toSorted()

test('every file is there', () => {
  const pages = PAGES.filter((path) => !/^(playground|reference)\//.test(path))
  expect([...content.keys()].toSorted()).toEqual(
    [
      ...pages,
      '.nojekyll',
      '404.html',
      'assets/icon.svg',
      'assets/site.css',
      'collections/postman.json',
      'llms.txt',
      'openapi.json',
      'openapi.yaml',
      'reference.md',
      ...['curl.sh', 'go.go', 'java.java', 'php.php', 'python.py', 'typescript.ts'].map((file) => `samples/${file}`),
      'search.json',
      'sitemap.xml',
      'vectors.json',
      'vectors.schema.json',
    ].toSorted(),
  )
})

test('every page has a place in the navigation, and every place a page', () => {
  expect(navigationFaults(site.pages)).toEqual([])
  const [first, ...others] = site.pages.filter(({ file }) => file !== 'errors.md')
  expect(navigationFaults(first ? [...others, first, { ...first, file: 'lost.md' }] : [])).toEqual([
    'lost.md: has no place in site-map.ts',
    'errors.md: is in site-map.ts, but not in pages/',
  ])
})

describe('a site is written, and all else removed,', () => {
  const home = mkdtempSync(join(tmpdir(), 'out-'))
  afterAll(() => rmSync(home, { recursive: true, force: true }))
  /** A folder with these files; a name with a slash at its end is a folder. */
  const folderOf = (...names: readonly string[]): string => {
    const folder = mkdtempSync(join(home, 'folder-'))
    for (const name of names) {
      if (name.endsWith('/')) mkdirSync(join(folder, name))
      else writeFileSync(join(folder, name), '')
    }
    return folder
  }
  const SITE = ['.nojekyll', '404.html', 'sitemap.xml', 'assets/']

  test.each([
    ['a new folder', join(home, 'new/deep')],
    ['an empty folder', folderOf()],
    ['a former site', folderOf(...SITE)],
    ['a former site with pages that are gone', folderOf(...SITE, 'gone.html')],
    ['the site that the next build removes', resolve(ROOT, 'dist/a-new-site')],
  ])('in %s', async (_, folder) => {
    expect(await mistakeOfFolder(folder)).toBeUndefined()
  })

  test.each([
    ['the folder at hand', resolve('.')],
    ['the one above it', resolve('..')],
    ['the root', resolve('/')],
    ['the checkout', ROOT],
    ['a folder around the checkout', dirname(dirname(ROOT))],
    ['a folder of the checkout', join(ROOT, 'src')],
    ['its packages', join(ROOT, 'node_modules')],
    ['a folder with a file of others', folderOf('notes.txt')],
    ['a folder with a hidden file', folderOf('.env')],
    ['a folder with a folder', folderOf('photos/')],
    ['a site of others', folderOf('index.html', '404.html', 'sitemap.xml')],
    ['a branch with a former site', folderOf(...SITE, '.git')],
    ['a file', join(ROOT, 'package.json')],
  ])('but not in %s', async (_, folder) => {
    expect(await mistakeOfFolder(folder)).toMatch(/^--out: /)
  })
})

describe('the links', () => {
  test('of every page lead to a file, and to an id in it', () => {
    const { followed, pages, broken } = followLinks(files)
    expect(pages).toEqual(PAGES)
    expect(broken).toEqual([])
    expect(followed).toBeGreaterThan(100)
  })

  test('count as broken where a file or an id is missing', () => {
    const page = '<a href="lost/">1</a><a href="#no">2</a><a href="other.html#there">3</a><a href="https://a.b/">4</a>'
    const two = new Map([
      ['index.html', page],
      ['other.html', '<p id="there">'],
    ])
    expect(followLinks(two)).toMatchObject({
      followed: 3,
      broken: [
        'index.html: https://site.test/some/project/lost/',
        'index.html: https://site.test/some/project/index.html#no',
      ],
    })
  })

  test('are relative, so that the site works under any path', () => {
    for (const page of PAGES) expect(textAt(files, page), page).not.toMatch(/\s(href|src)="\//)
  })
})

describe.each([...PAGES, '404.html'])('page %s', (path) => {
  const html = textAt(files, path)
  const elements = elementsOf(parseHtml(html))

  test('allows nothing from other hosts and nothing inline, and has none of it', () => {
    const policies = elements.filter(({ attributes }) => attributes['http-equiv'] === 'Content-Security-Policy')
    expect(policies).toHaveLength(1)
    const policy = policies[0]?.attributes['content'] ?? ''
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:/)
    const fetched = elements
      .filter(({ tag }) => /^(link|script|img|iframe)$/.test(tag))
      .map(({ attributes }) => attributes['href'] ?? attributes['src'] ?? '')
    expect(fetched.filter((url) => /^(https?:)?\/\//.test(url))).toEqual([])
    const inlineListeners = elements.filter(({ attributes }) =>
      Object.keys(attributes).some((name) => /^on/.test(name)),
    )
    expect(inlineListeners).toEqual([])
  })

  test('has a language, a title, one main part and one first heading', () => {
    const count = (tag: string) => elements.filter((element) => element.tag === tag).length
    expect(elements.find(({ tag }) => tag === 'html')?.attributes['lang']).toBe(path.startsWith('zh/') ? 'zh-CN' : 'en')
    expect([count('title'), count('main')]).toEqual([1, 1])
    expect(count('h1')).toBe(path.startsWith('reference') ? 0 : 1)
  })
})

test('the policy of a page has exactly these parts', () => {
  const [meta] = elementsOf(parseHtml(textAt(files, 'endpoint/index.html'))).filter(
    ({ attributes }) => attributes['http-equiv'],
  )
  expect(meta?.attributes['content']?.split('; ')).toEqual([
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "connect-src 'self'",
    "worker-src 'self'",
    "img-src 'self' data:",
    "base-uri 'none'",
    "form-action 'none'",
  ])
})

test('no file contains the App Secret in the environment of the build', () => {
  const all = readable(files)
  expect(all.length).toBeGreaterThan(20)
  expect(all.filter(([, text]) => found(text, BUILT_WITH).length > 0).map(([path]) => path)).toEqual([])
})

test('every value beside the word App Secret is a known made-up one', () => {
  const given = givenSecrets(readable(files).map(([, text]) => text))
  expect(given).toContain('Y1W2MeFwwwRxa0')
  expect(given.filter((one) => !MADE_UP.includes(one))).toEqual([])
  expect(givenSecrets(['appSecret: "a-real-one"', "APP_SECRET='Another1'"])).toEqual(['a-real-one', 'Another1'])
})
