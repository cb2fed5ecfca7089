/**
 * The TypeScript and JavaScript of README and docs pages, as printed, against the packed package: one compiler checks all
 * of it, then what is marked as running runs against a mock, and the tests for vitest run in it.
 */
import { mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { dirname, join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startServer } from '../../../src/server.js'
import { createMockApi } from '../../../src/testing.js'
import { type CodeBlock, checkOf, codeBlocks, placeOf } from '../../support/code-blocks.js'
import { installed, type Stranger, shell } from '../../support/packed-install.js'
import { ROOT, run, TSC } from '../../support/project-copy.js'

const HERE = join(ROOT, 'test/external/package')
const SCRIPTS = codeBlocks().filter(({ language }) => language === 'ts' || language === 'js')
const CHECKED = SCRIPTS.filter((block) => checkOf(block) === 'types')

/** Where a block is written: a folder for each page, in it the title's path. */
function pathOf(block: CodeBlock): string {
  const page = block.page.replace('src/tooling/docs/pages/', '').replaceAll('/', '-').replace(/\.md$/, '')
  const isFirst = SCRIPTS.find(({ page, title }) => page === block.page && title === block.title) === block
  const folder = join('pages', page, isFirst ? '' : `line-${block.line}`)
  return join(folder, block.title ?? `block-${block.line}.${block.language}`)
}
const compiledPathOf = (block: CodeBlock) =>
  pathOf(block)
    .replace(/^pages/, 'out')
    .replace(/ts$/, 'js')

/** Types of what the pages use of the vendor's SDK, which ships none. */
const VENDOR_SDK = `
declare module 'rongcloud-sdk' {
  interface Answer { readonly code: number; readonly msg?: string }
  const sdk: (config: object) => { readonly Message: { readonly Group: { send(message: object): Promise<Answer> } } }
  export = sdk
}
declare module 'rongcloud-sdk/lib/request' {
  export const request: (params: object) => Promise<{ readonly text: { readonly code: number } }>
}
`

/** Makes a package of the tests known to the pages, by a link. */
async function link(name: string, target: string, folder: string): Promise<void> {
  const at = join(folder, 'node_modules', name)
  await mkdir(dirname(at), { recursive: true })
  await symlink(target, at).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST') throw error
  })
}

let stranger: Stranger
/** What the compiler says, by file. */
const errors = new Map<string, string[]>()
beforeAll(async () => {
  stranger = await installed()
  const { folder } = stranger
  const manifest = JSON.parse(await readFile(join(HERE, 'package.json'), 'utf8')) as { dependencies: object }
  for (const name of Object.keys(manifest.dependencies)) await link(name, join(HERE, 'node_modules', name), folder)
  for (const name of ['@types/node', 'msw', 'vitest']) await link(name, join(ROOT, 'node_modules', name), folder)
  for (const block of SCRIPTS) {
    await mkdir(dirname(join(folder, pathOf(block))), { recursive: true })
    await writeFile(join(folder, pathOf(block)), block.text)
  }
  const compilerOptions = {
    ...{ target: 'es2022', lib: ['ES2023', 'DOM', 'DOM.Iterable'], module: 'nodenext', types: ['node'] },
    ...{
      strict: true,
      declaration: true,
      skipLibCheck: true,
      allowJs: true,
      checkJs: true,
      rootDir: 'pages',
      outDir: 'out',
    },
  }
  await writeFile(join(folder, 'pages/untyped.d.ts'), VENDOR_SDK)
  const files = ['pages/untyped.d.ts', ...CHECKED.map(pathOf)]
  await writeFile(join(folder, 'tsconfig.json'), JSON.stringify({ compilerOptions, files }))
  const { stdout } = await run(folder, TSC, ['--pretty', 'false'])
  for (const line of stdout.split('\n').filter((text) => /^\S/.test(text))) {
    const [file = ''] = line.split('(')
    errors.set(file, [...(errors.get(file) ?? []), line])
  }
}, 120_000)
afterAll(() => stranger.remove())

test('the package has the pages, and no dead link in any Markdown', async () => {
  const { files } = stranger
  expect(files).toContain('src/tooling/docs/pages/client/errors.md')
  for (const path of files.filter((file) => file.endsWith('.md'))) {
    const text = await readFile(join(ROOT, path), 'utf8')
    const links = [...text.matchAll(/\]\((?!https?:|#)([^)#\s]+)/g)].map(([, link = '']) => join(path, '..', link))
    const dead = links.filter((link) => !files.includes(link))
    expect(dead, path).toEqual([])
  }
})

test('no file of the pages is imported that no page shows', () => {
  const known = new Set(SCRIPTS.map(pathOf))
  expect([...errors.keys()].filter((file) => !known.has(file))).toEqual([])
})

test.each(CHECKED.map((block) => [placeOf(block), block] as const))('%s compiles', (_place, block) => {
  expect(errors.get(pathOf(block)) ?? []).toEqual([])
})

/** Without what differs from run to run. */
const steady = (text: string) =>
  text
    .replaceAll(/[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g, 'UUID')
    .replaceAll(/\b([0-9a-f]{40}|[0-9a-f]{18}|\d{13})\b/g, 'VARIES')

describe('what is marked as running runs, and prints what the page shows', () => {
  const running = CHECKED.filter(({ runs }) => runs)
  test.each(running.map((block) => [placeOf(block), block] as const))('%s', async (_place, block) => {
    const keys = { appKey: 'mock-app-key', appSecret: 'mock-app-secret' }
    const api = createMockApi(keys)
    const server = await startServer(api)
    const program = shell(process.execPath, [compiledPathOf(block)], stranger.folder, {
      RONGCLOUD_APP_KEY: keys.appKey,
      RONGCLOUD_APP_SECRET: keys.appSecret,
      RONGCLOUD_BASE_URL: server.url,
    })
    const printed = await program.finally(() => server.close())
    api.verify()
    expect(api.calls.length + printed.length).toBeGreaterThan(0)
    if (block.prints !== undefined) expect(steady(printed)).toBe(steady(block.prints))
  })
})

test('the tests of the pages for vitest pass', async () => {
  const tests = CHECKED.filter(({ text, title }) => title?.includes('.test.') && text.includes("from 'vitest'"))
  expect(tests.length).toBeGreaterThan(2)
  const vitest = join(ROOT, 'node_modules/vitest/vitest.mjs')
  const args = [
    'run',
    '--reporter=json',
    '--root',
    'out',
    ...tests.map((block) => relative('out', compiledPathOf(block))),
  ]
  const printed = await shell(process.execPath, [vitest, ...args], stranger.folder)
  expect(JSON.parse(printed)).toMatchObject({ success: true, numTotalTestSuites: expect.any(Number) })
})
