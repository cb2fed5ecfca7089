/** The site as `npm run docs` builds it and `npm run docs:serve` serves it; `npm run diff`; the playground's TypeScript samples. */
import { readdirSync } from 'node:fs'
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operationIds } from '../../src/core/contract.js'
import { startServer } from '../../src/server.js'
import { createMockApi } from '../../src/testing.js'
import { contentFiles } from '../../src/tooling/docs/build.js'
import { PAGES_FOLDER } from '../../src/tooling/docs/content/pages.js'
import { compareContracts } from '../../src/tooling/docs/releases.js'
import { referenceFiles } from '../../src/tooling/docs/render/reference.js'
import { serve } from '../../src/tooling/docs/serve.js'
import type { Files } from '../../src/tooling/docs/site.js'
import { found } from '../support/canary.js'
import { docsSite, SPEC, textAt, withOperations } from '../support/docs-site.js'
import { draftWith, NASTY, typescriptSample } from '../support/playground.js'
import { ROOT, run, TSC, TSX } from '../support/project-copy.js'
import { givenSecrets, MADE_UP, readable } from '../support/secrets.js'
import { followLinks } from '../support/site-links.js'

const ADDRESS = 'https://example.org/some/project'
const BUILT_WITH = 'Zq7vW-OfTheBu1ld'

let folder: string
let files: Files
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'site-'))
  const out = join(folder, 'site')
  await mkdir(out)
  for (const name of ['.nojekyll', '404.html', 'sitemap.xml', 'left-behind.html']) await writeFile(join(out, name), '')
  const args = ['src/tooling/docs/build.ts', '--out', out, '--url', ADDRESS]
  expect(await run(ROOT, TSX, args, { RONGCLOUD_APP_SECRET: BUILT_WITH })).toMatchObject({ code: 0, stderr: '' })
  const entries = await readdir(out, { recursive: true, withFileTypes: true })
  const names = entries.filter((one) => one.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  files = new Map(
    await Promise.all(names.map(async (name) => [name.slice(out.length + 1), await readFile(name)] as const)),
  )
})
afterAll(() => rm(folder, { recursive: true, force: true }))

describe('the command', () => {
  test('writes all files and removes old ones; files that need no other program are those that the function returns', async () => {
    const content = await contentFiles(await docsSite({ url: ADDRESS }))
    // The first two depend on the tags of the repository; the stylesheet is minified.
    const same = [...content.keys()].filter((path) => !/^(changelog\/|search\.json|assets\/site\.css)/.test(path))
    expect(same.filter((path) => textAt(files, path) !== textAt(content, path))).toEqual([])
    expect(textAt(files, 'assets/site.css').length).toBeLessThan(0.85 * textAt(content, 'assets/site.css').length)
    const others = [...files.keys()].filter((path) => !content.has(path))
    const unhashed = new Set(others.map((path) => path.replace(/-[A-Z0-9]{8}\.js$/, '-*.js')))
    expect([...unhashed].toSorted()).toEqual([
      ...['search-dialog-*.js', 'site.js', 'theme.js'].map((file) => `assets/${file}`),
      ...['chunk-*.js', 'header-check-*.js', 'index.html', 'mock-worker-*.js'].map((file) => `playground/${file}`),
      ...['mockServiceWorker.js', 'playground.css', 'playground.js'].map((file) => `playground/${file}`),
      ...['anchor.js', 'app.js', 'index.html', 'mode.js', 'redoc.css', 'redoc.js'].map((file) => `reference/${file}`),
    ])
  })

  test('refuses a folder with files of others, and leaves it alone', async () => {
    const notes = join(folder, 'notes.txt')
    await writeFile(notes, 'mine')
    const { code, stdout, stderr } = await run(ROOT, TSX, ['src/tooling/docs/build.ts', '--out', folder])
    expect([code, stdout, stderr]).toEqual([1, '', expect.stringContaining(`--out: ${folder} must be a new folder`)])
    expect(await readFile(notes, 'utf8')).toBe('mine')
  })

  test('prints its usage', async () => {
    const { code, stdout } = await run(ROOT, TSX, ['src/tooling/docs/build.ts', '--help'])
    expect([code, stdout]).toEqual([0, expect.stringContaining('Usage: npm run docs')])
  })
})

test('the links of every page lead to a file, and to an id in it', () => {
  const { followed, pages, broken } = followLinks(files)
  expect(pages.length).toBe(
    readdirSync(join(ROOT, PAGES_FOLDER), { recursive: true }).filter((file) => String(file).endsWith('.md')).length,
  )
  expect(broken).toEqual([])
  expect(followed).toBeGreaterThan(100)
  for (const page of pages) expect(textAt(files, page), page).not.toMatch(/\s(href|src)="\//)
})

test('no file contains the App Secret in the environment of the build, or any other that is not made up', () => {
  const all = readable(files)
  expect(all.filter(([, text]) => found(text, BUILT_WITH).length > 0).map(([path]) => path)).toEqual([])
  const own = all.filter(([path]) => !path.startsWith('reference/redoc')).map(([, text]) => text)
  expect(givenSecrets(own)).toContain('Y1W2MeFwwwRxa0')
  expect(textAt(files, 'playground/playground.js')).toContain('not-a-secret')
  expect(givenSecrets(own).filter((one) => !MADE_UP.includes(one))).toEqual([])
})

test('the playground weighs at most 70 kB compressed until it is used, and 3 kB more for each further operation', () => {
  const own = [...files.keys()].filter((path) => /^playground\/(?!mock|header-check)/.test(path))
  const paths = [...own, 'assets/site.css']
  const weight = paths.map((path) => gzipSync(textAt(files, path)).length).reduce((sum, size) => sum + size)
  expect(paths.length).toBeGreaterThanOrEqual(5)
  expect(weight).toBeLessThanOrEqual(70_000 + (operationIds.length - 1) * 3_000)
})

test('the reference has every operation of the contract', async () => {
  const both = await referenceFiles({ ...(await docsSite()), spec: withOperations('cursor_move') })
  expect(textAt(files, 'reference/app.js')).toContain('sendGroupStatusMessage')
  for (const id of ['sendGroupStatusMessage', 'moveCursor']) expect(textAt(both, 'reference/app.js')).toContain(id)
})

describe('the server', () => {
  let server: Awaited<ReturnType<typeof serve>>
  beforeAll(async () => {
    server = await serve(join(folder, 'site'), { base: '/some/project/' })
  })
  afterAll(() => server.close())
  const get = (path: string) => fetch(new URL(path, server.url), { redirect: 'manual' })

  test('sends index.html for a folder, and the type of each file', async () => {
    const page = await get('')
    expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html;charset=utf-8'])
    expect(await page.text()).toBe(textAt(files, 'index.html'))
    expect((await get('openapi.json')).headers.get('content-type')).toBe('application/json')
    expect((await get('llms.txt')).headers.get('content-type')).toBe('text/plain; charset=utf-8')
  })

  test('sends the compressed file to a client that takes it', async () => {
    const file = join(folder, 'site/compressed.txt')
    await writeFile(file, 'plain')
    await writeFile(`${file}.gz`, gzipSync('compressed'))
    expect(await (await get('compressed.txt')).text()).toBe('compressed')
    const identity = await fetch(new URL('compressed.txt', server.url), { headers: { 'Accept-Encoding': 'identity' } })
    expect(await identity.text()).toBe('plain')
  })

  test('redirects a folder without its slash', async () => {
    const { status, headers } = await get('changelog')
    expect([status, headers.get('location')]).toEqual([301, '/some/project/changelog/'])
  })

  test.each(['nothing', 'client/nothing/', '../package.json', '/', '/other/'])(
    'sends 404.html for an address that names nothing: %s',
    async (path) => {
      const answer = await get(path)
      expect([answer.status, await answer.text()]).toEqual([404, textAt(files, '404.html')])
    },
  )

  test('sends nothing from outside of its folder', async () => {
    await writeFile(join(folder, 'outside.txt'), 'secret')
    const { port } = new URL(server.url)
    // `fetch` would resolve the dots.
    for (const path of [
      '/some/project/../../outside.txt',
      '/some/project/%2e%2e/outside.txt',
      '/some/project/..%2foutside.txt',
    ]) {
      const status = await new Promise((done, fail) => {
        request({ port, host: '127.0.0.1', path }, (answer) => done(answer.resume().statusCode))
          .on('error', fail)
          .end()
      })
      expect(status, path).toBe(404)
    }
  })

  test('refuses a base path without a slash at both ends', async () => {
    await expect(serve(folder, { base: 'docs' })).rejects.toThrow('"base" must be a path with a slash at both ends')
  })
})

describe('the comparison of two contracts', () => {
  const changed = (from: string, to: string) => {
    const text = JSON.stringify(SPEC)
    expect(text).toContain(from)
    return JSON.parse(text.replace(from, to)) as typeof SPEC
  }

  test('finds nothing where nothing changed', async () => {
    expect(await compareContracts(SPEC, SPEC, ROOT)).toEqual({ changes: [], refusal: undefined })
  })

  test.each([
    ['a list that is joined', '"explode":true', '"explode":false', /"explode" went from true to false/],
    ['fewer bytes', '"x-max-bytes":131072', '"x-max-bytes":1000', /"x-max-bytes" went from 131072 to 1000/],
    ['fewer groups', '"maxItems":3', '"maxItems":2', /maxItems/],
  ])('calls a change breaking and asks for a new major version: %s', async (_name, from, to, message) => {
    const { changes, refusal } = await compareContracts(SPEC, changed(from, to), ROOT)
    const [breaking] = changes.filter(({ impact }) => impact === 'major')
    expect(breaking?.messages.join()).toMatch(message)
    expect(refusal).toMatch(/require a major bump/)
  })

  test('allows more bytes without a new major version', async () => {
    const { changes } = await compareContracts(SPEC, changed('"x-max-bytes":131072', '"x-max-bytes":262144'), ROOT)
    expect(changes.map(({ impact }) => impact)).toEqual(['patch'])
  })

  test('fails the command when the version did not change', async () => {
    const base = join(folder, 'base.json')
    await writeFile(base, JSON.stringify(changed('"explode":true', '"explode":false')))
    const { code, stdout, stderr } = await run(ROOT, TSX, ['src/tooling/docs/diff.ts', '--base', base])
    expect([code, stdout, stderr]).toEqual([
      1,
      expect.stringContaining('### Breaking'),
      expect.stringMatching(/major bump/),
    ])
  })
})

test('TypeScript samples of the playground compile and run as printed', async () => {
  const home = join(folder, 'code')
  await mkdir(join(home, 'node_modules'), { recursive: true })
  await symlink(ROOT, join(home, 'node_modules/rongcloud-status-message'))
  await symlink(join(ROOT, 'node_modules/@types'), join(home, 'node_modules/@types'))
  await writeFile(join(home, 'package.json'), '{"type":"module"}')
  const custom = { objectName: ['app:cursor'], content: ['x=120;y=48'] }
  await writeFile(join(home, 'first.ts'), typescriptSample(draftWith({}, { 'X-Request-ID': "it's-mine" })))
  await writeFile(join(home, 'second.ts'), typescriptSample(draftWith(custom)))
  const options =
    '--noEmit --strict --exactOptionalPropertyTypes --target es2022 --module nodenext --types node --skipLibCheck'
  expect((await run(home, TSC, [...options.split(' '), 'first.ts', 'second.ts'])).stdout).toBe('')

  const keys = { appKey: 'k', appSecret: 's' }
  const api = createMockApi(keys)
  const server = await startServer(api)
  const env = { RONGCLOUD_BASE_URL: server.url, RONGCLOUD_APP_KEY: keys.appKey, RONGCLOUD_APP_SECRET: keys.appSecret }
  for (const file of ['first.ts', 'second.ts']) expect((await run(home, TSX, [file], env)).stderr).toBe('')
  await server.close()
  api.verify()
  expect(api.calls.map(({ body }) => body)).toMatchObject([
    { content: NASTY },
    { objectName: 'app:cursor', content: 'x=120;y=48' },
  ])
  expect(api.calls[0]?.headers['x-request-id']).toBe("it's-mine")
})
