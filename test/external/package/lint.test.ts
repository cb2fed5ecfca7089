/** The tarball before the two tools that strangers judge a package by: publint and are-the-types-wrong. */
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { publint } from 'publint'
import { formatMessage } from 'publint/utils'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shell } from '../../support/packed-install.js'
import { type Ran, ROOT, run } from '../../support/project-copy.js'
import { MODULES, pack, type Tarball } from './tarball.js'

let folder: string
let good: Tarball
/** The same, with an entry point that leads nowhere and one whose declarations are gone. */
let bad: Tarball
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lint-'))
  await Promise.all(['good', 'bad'].map((name) => mkdir(join(folder, name))))
  good = await pack(ROOT, join(folder, 'good'))
  await shell('tar', ['-xzf', good.file], folder)
  const manifest = join(folder, 'package/package.json')
  const text = await readFile(manifest, 'utf8')
  await writeFile(manifest, text.replace('./dist/src/server.js', './dist/src/servers.js'))
  await rm(join(folder, 'package/dist/src/redis.d.ts'))
  bad = await pack(join(folder, 'package'), join(folder, 'bad'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

async function published({ bytes }: Tarball): Promise<string[]> {
  const tarball = new Uint8Array(bytes).buffer
  const { messages, pkg } = await publint({ strict: true, pack: { tarball } })
  return messages.map((message) => formatMessage(message, pkg, { color: false }) ?? message.code)
}

/**
 * The package is ESM alone, which that profile says: it passes over resolution by CommonJS and by Node 10. The YAML file
 * is read, not imported, and has no types.
 */
const typesOf = ({ file }: Tarball): Promise<Ran> =>
  run(folder, join(MODULES, '@arethetypeswrong/cli/dist/index.js'), [
    file,
    ...['--profile', 'esm-only', '--exclude-entrypoints', 'openapi.yaml', '--format', 'table-flipped', '--no-emoji'],
  ])

test('publint finds nothing to say, suggestions included', async () => {
  expect(await published(good)).toEqual([])
})

test('publint names an entry point that leads nowhere', async () => {
  expect((await published(bad)).join('\n')).toMatch(/exports\["\.\/server"\].*does not exist/)
})

test('are-the-types-wrong finds no problem behind any entry point', async () => {
  const { code, stdout } = await typesOf(good)
  for (const entry of ['', '/testing', '/contract-tests', '/msw', '/server', '/redis']) {
    // By `import` from Node, then from a bundler.
    const row = stdout.split('\n').find((line) => line.includes(`"rongcloud-status-message${entry}"`))
    expect(row).toMatch(/"[^│]*│[^│]*OK \(ESM\)[^│]*│[^│]*OK /)
  }
  expect(code).toBe(0)
})

test('are-the-types-wrong finds declarations that are gone', async () => {
  const { code, stdout } = await typesOf(bad)
  expect(stdout).toMatch(/rongcloud-status-message\/redis.*No types/)
  expect(code).not.toBe(0)
})
