/** The public words are complete: TypeDoc builds over the entry points, and a warning is an error. */
import { cp, mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ROOT, run } from '../../support/project-copy.js'
import { MODULES } from './tarball.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'documentation-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const typedoc = (cwd: string, ...args: string[]) =>
  run(cwd, join(MODULES, 'typedoc/bin/typedoc'), ['--tsconfig', 'tsconfig.build.json', ...args])

test('every export of every entry point is documented, down to its properties', async () => {
  const { code, stdout, stderr } = await typedoc(ROOT, '--json', join(folder, 'api.json'))
  expect(`${stdout}${stderr}`).not.toMatch(/warning|error/i)
  expect(code).toBe(0)
  const { children } = JSON.parse(await readFile(join(folder, 'api.json'), 'utf8')) as { children: { name: string }[] }
  expect(children.map(({ name }) => name).toSorted()).toEqual([
    'contract-tests',
    'index',
    'msw',
    'redis',
    'server',
    'testing',
  ])
})

test('a property without words fails the build, and is named', async () => {
  await Promise.all(
    ['src', 'generated', 'package.json', 'tsconfig.json', 'tsconfig.build.json'].map((room) =>
      cp(join(ROOT, room), join(folder, room), { recursive: true }),
    ),
  )
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const room = join(folder, 'src/rate-limit/limiter.ts')
  await writeFile(room, (await readFile(room, 'utf8')).replace('  /** Messages in a period, a whole number. */\n', ''))
  const { code, stdout, stderr } = await typedoc(folder, '--emit', 'none')
  expect(code).not.toBe(0)
  expect(`${stdout}${stderr}`).toContain('LimiterOptions.limit (Property)')
})
