/** The files of the site: links that lead somewhere, a sitemap, versions; and a second operation by YAML alone. */
import { execFileSync } from 'node:child_process'
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { compare, releasesOf } from '../../../src/site/releases.js'
import { copyHouse, generate, ROOT, run, TSX } from '../../support/project-copy.js'
import { type BuiltSite, buildSite } from './built.js'

let site: BuiltSite
beforeAll(async () => {
  site = await buildSite(ROOT, '--url', 'https://example.org/some/project')
})
afterAll(() => site.remove())
const read = (file: string, folder = site.folder) => readFile(join(folder, file), 'utf8')

/** What a page links to and what can be linked to in it, by path from the site's root. */
async function linksOf(file: string): Promise<{ links: URL[]; ids: string[] }> {
  const html = await read(file)
  const base = new URL(file, 'https://site.test/some/project/')
  const links = [...html.matchAll(/<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"/g)].map(
    ([, link = '']) => new URL(link.replaceAll('&amp;', '&'), base),
  )
  return { links, ids: [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id) }
}

describe('the links', () => {
  test('of every page lead to a file, and to a place that is in it', async () => {
    const files = await readdir(site.folder, { recursive: true })
    const pages = files.filter((file) => file.endsWith('.html') && file !== '404.html')
    expect(pages).toHaveLength(5)
    let followed = 0
    for (const page of pages) {
      for (const { origin, pathname, hash, href } of (await linksOf(page)).links) {
        if (origin !== 'https://site.test') continue
        const path = pathname.replace('/some/project/', '')
        const file = path === '' || path.endsWith('/') ? `${path}index.html` : path
        expect(files, `${page}: ${href}`).toContain(file)
        // Redoc routes behind the hash by itself.
        if (hash && !hash.startsWith('#/'))
          expect((await linksOf(file)).ids, `${page}: ${href}`).toContain(decodeURIComponent(hash.slice(1)))
        followed++
      }
    }
    expect(followed).toBeGreaterThan(100)
  })

  test('of pages stay below the page, so that any sub-path will do', async () => {
    for (const page of [
      'index.html',
      'reference/index.html',
      'playground/index.html',
      'changelog/index.html',
      'v/index.html',
    ]) {
      expect(await read(page), page).not.toMatch(/\s(href|src)="\//)
    }
  })
})

describe('the sitemap', () => {
  test('is XML with an absolute address for each page', async () => {
    const script =
      'import sys, xml.etree.ElementTree as e\nfor u in e.parse(sys.argv[1]).getroot(): print(u.tag, u[0].text)'
    const printed = execFileSync('python3', ['-c', script, join(site.folder, 'sitemap.xml')], { encoding: 'utf8' })
    const lines = printed.trim().split('\n')
    expect(lines).toContain(
      '{http://www.sitemaps.org/schemas/sitemap/0.9}url https://example.org/some/project/reference/',
    )
    for (const line of lines) {
      const path = line.split('https://example.org/some/project/')[1] ?? '?'
      await read(path === '' || path.endsWith('/') ? `${path}index.html` : path)
    }
  })
})

test('llms.txt names files that are there, by their address', async () => {
  const text = await read('llms.txt')
  expect(text).toMatch(/^# .+\n\n> .+\n/)
  const links = [...text.matchAll(/\]\(https:\/\/example\.org\/some\/project\/([^)]*)\)/g)].map(([, path = '']) => path)
  expect(links.length).toBeGreaterThan(8)
  for (const path of links) await read(path === '' || path.endsWith('/') ? `${path}index.html` : path)
})

describe('a second operation, by YAML alone', () => {
  let house: Awaited<ReturnType<typeof copyHouse>>
  let built: BuiltSite
  beforeAll(async () => {
    house = await copyHouse()
    await cp(
      join(ROOT, 'test/support/operations/paths/cursor_move.yaml'),
      join(house.folder, 'spec/paths/cursor_move.yaml'),
    )
    const file = join(house.folder, 'spec/openapi.yaml')
    const text = await readFile(file, 'utf8')
    await writeFile(file, text.replace('paths:\n', 'paths:\n  /cursor/move.json:\n    $ref: paths/cursor_move.yaml\n'))
    expect(await generate(house.folder)).toMatchObject({ code: 0, stderr: '' })
    built = await buildSite(house.folder)
  }, 120_000)
  afterAll(async () => {
    await built.remove()
    await house.remove()
  })

  test('stands on the first page beside the other, in full', async () => {
    const html = await read('index.html', built.folder)
    for (const id of [
      'moveCursor',
      'moveCursor.viewerId',
      'moveCursor.header.X-Board',
      'moveCursor.badMove',
      'moveCursor-rate',
      'sendGroupStatusMessage',
      'sendGroupStatusMessage.toGroupId',
    ]) {
      expect(html).toContain(`id="${id}"`)
    }
    expect(html).toContain('at most 5 viewers')
    expect(html).toContain('POST /cursor/move.json HTTP/1.1')
    expect(html).toContain('<strong>7</strong> messages in 500 ms')
  })

  test('is in the reference, the Markdown, llms.txt and the collection', async () => {
    expect(await read('reference/app.js', built.folder)).toContain('moveCursor')
    expect(await read('reference.md', built.folder)).toContain(
      '`viewerId` (list of integers; required; at least 2 viewers; at most 5 viewers',
    )
    expect(await read('llms.txt', built.folder)).toContain('`POST /cursor/move.json` (`moveCursor`)')
    const { item } = JSON.parse(await read('collections/postman.json', built.folder)) as {
      item: { name: string; item: { request: { header: object[] } }[] }[]
    }
    expect(item.map(({ name }) => name)).toContain('Move a cursor')
    const move = item.find(({ name }) => name === 'Move a cursor')?.item[0]
    expect(move?.request.header).toEqual([{ key: 'X-Board', value: 'red' }])
  })
})

describe('the comparison of two contracts', () => {
  const contract = async () => JSON.parse(await readFile(join(ROOT, 'generated/openapi.json'), 'utf8'))
  const changed = async (from: string, to: string) => {
    const text = JSON.stringify(await contract())
    expect(text).toContain(from)
    return JSON.parse(text.replace(from, to))
  }

  test('finds nothing where nothing changed', async () => {
    expect(await compare(await contract(), await contract(), ROOT)).toEqual({ changes: [], refused: undefined })
  })

  test.each([
    ['a list that is joined from now on', '"explode":true', '"explode":false', /"explode" went from true to false/],
    ['fewer bytes', '"x-max-bytes":131072', '"x-max-bytes":1000', /"x-max-bytes" went from 131072 to 1000/],
    ['fewer groups', '"maxItems":3', '"maxItems":2', /maxItems/],
  ])('calls it breaking and asks for a new major version: %s', async (_name, from, to, message) => {
    const { changes, refused } = await compare(await contract(), await changed(from, to), ROOT)
    const [breaking] = changes.filter(({ impact }) => impact === 'major')
    expect(breaking?.messages.join()).toMatch(message)
    expect(refused).toMatch(/require a major bump/)
  })

  test('lets more bytes pass without', async () => {
    const { changes } = await compare(
      await contract(),
      await changed('"x-max-bytes":131072', '"x-max-bytes":262144'),
      ROOT,
    )
    expect(changes.map(({ impact }) => impact)).toEqual(['patch'])
  })

  test('fails the command when the version stayed', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'diff-'))
    const base = join(folder, 'base.json')
    await writeFile(base, JSON.stringify(await changed('"explode":true', '"explode":false')))
    const { code, stdout, stderr } = await run(ROOT, TSX, ['src/site/diff.ts', '--base', base])
    await rm(folder, { recursive: true, force: true })
    expect([code, stdout, stderr]).toEqual([
      1,
      expect.stringContaining('### Breaking'),
      expect.stringMatching(/major bump/),
    ])
  })
})

test('releases are read from the tags, the newest first, and each has its folder', async () => {
  const { folder, remove } = await copyHouse()
  try {
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder })
    git('init', '-q')
    git('add', 'generated')
    git('commit', '-qm', 'first')
    git('tag', 'v0.1.0')
    const file = join(folder, 'generated/openapi.json')
    const text = await readFile(file, 'utf8')
    await writeFile(
      file,
      text.replace('"version": "1.0.0"', '"version": "1.10.0"').replace('"maxItems": 3', '"maxItems": 4'),
    )
    git('commit', '-qam', 'second')
    git('tag', 'v0.10.0')
    git('tag', 'not-a-release')
    await mkdir(join(folder, '.changeset'))
    await writeFile(join(folder, '.changeset/one.md'), '---\n"rongcloud-status-message": minor\n---\n\nIt waits.\n')
    await writeFile(join(folder, '.changeset/README.md'), 'No change.\n')
    expect((await releasesOf(folder)).map(({ tag, version }) => [tag, version])).toEqual([
      ['v0.10.0', '1.10.0'],
      ['v0.1.0', '1.0.0'],
    ])
    const { folder: built, remove: removeSite } = await buildSite(folder)
    const page = await read('v/index.html', built)
    expect(page.indexOf('1.10.0')).toBeLessThan(page.indexOf('1.0.0<'))
    expect(parse(await read('v/1.0.0/openapi.yaml', built)).info.version).toBe('1.0.0')
    expect(await read('changelog/contract.md', built)).toMatch(
      /## v0\.10\.0\n[\s\S]*maxItems[\s\S]*## v0\.1\.0\n\nThe first/,
    )
    expect(await read('changelog/index.html', built)).toMatch(
      /Unreleased<\/h\d>\s*<p>It waits\.<\/p>(?![\s\S]*No change)/,
    )
    await removeSite()
  } finally {
    await remove()
  }
})
