/**
 * The entry points of `exports`, from the packed tarball, as a stranger's compiler and runtime see them. `types.test.ts` has the
 * compilers of all ages.
 *
 * `entry-points/` has a program for each entry point. What the programs themselves need (types of Node and MSW) is linked into the
 * stranger's folder by name, so that nothing else of this project can be found from there.
 */
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { installed, type Stranger, shell } from '../../support/packed-install.js'
import { ROOT, run } from '../../support/project-copy.js'
import { MODULES } from './tarball.js'

const PROGRAMS = ['client.ts', 'testing.ts', 'server.ts', 'redis.ts', 'contract.ts']

const settings = (module: string, moduleResolution: string, lib: readonly string[], files = PROGRAMS) => ({
  compilerOptions: {
    module,
    moduleResolution,
    lib,
    types: ['node'],
    target: 'es2022',
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    resolveJsonModule: true,
    noEmit: true,
    // Our declarations are checked too; those of MSW and of the compiler are not.
    skipLibCheck: files !== PROGRAMS,
    skipDefaultLibCheck: true,
  },
  files,
})

const WEB = ['es2022', 'dom', 'dom.iterable']

/** Programs on Node, which has no browser's types, and of a bundler; beside each the one that needs MSW. */
const PROJECTS = {
  nodenext: settings('nodenext', 'nodenext', ['es2022']),
  'nodenext with msw': settings('nodenext', 'nodenext', WEB, ['msw.ts']),
  bundler: settings('esnext', 'bundler', WEB),
  'bundler with msw': settings('esnext', 'bundler', WEB, ['msw.ts']),
}

let stranger: Stranger
beforeAll(async () => {
  stranger = await installed()
  const { folder } = stranger
  await cp(join(ROOT, 'test/external/package/entry-points'), folder, { recursive: true })
  await mkdir(join(folder, 'node_modules/@types'), { recursive: true })
  for (const name of ['@types/node', 'msw']) {
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
  }
  for (const [name, project] of Object.entries(PROJECTS)) {
    await writeFile(join(folder, `${name}.json`), JSON.stringify(project))
  }
})
afterAll(() => stranger.remove())

const tsc = (...args: string[]) => run(stranger.folder, join(MODULES, 'typescript-7/bin/tsc'), args)

test.each(Object.entries(PROJECTS))('every entry point is read from the tarball under %s', async (name, { files }) => {
  const { code, stdout } = await tsc('-p', `${name}.json`, '--listFiles')
  const lines = stdout.split('\n')
  expect(lines.filter((line) => line !== '' && !line.startsWith('/'))).toEqual([])
  expect(code).toBe(0)
  for (const file of files) expect(lines).toContain(join(stranger.folder, file))
  const core = 'node_modules/rongcloud-status-message/dist/src/mock/mock-api.d.ts'
  expect(lines).toContain(join(stranger.folder, core))
  const installed = [join(ROOT, 'node_modules'), MODULES]
  const own = lines.filter((line) => line.startsWith(ROOT) && !installed.some((folder) => line.startsWith(folder)))
  expect(own).toEqual([])
})

test.each(['nodenext', 'bundler'])('a declaration that does not check fails under %s', async (name) => {
  const declaration = join(stranger.folder, 'node_modules/rongcloud-status-message/dist/src/client/failover.d.ts')
  const before = await readFile(declaration, 'utf8')
  await writeFile(declaration, `${before}\nexport type Broken = NotThere\n`)
  const { stdout } = await tsc('-p', `${name}.json`)
  await writeFile(declaration, before)
  expect(stdout).toMatch(/^node_modules\/rongcloud-status-message\/.*error TS2304/m)
})

test.each([
  ['openapi.json', 'openapi'],
  ['vectors.json', 'version'],
  ['vectors.schema.json', '$schema'],
  ['probe.schema.json', '$schema'],
  ['package.json', 'exports'],
])('./%s opens by import', async (entry, key) => {
  const script = `
    const { default: json } = await import('rongcloud-status-message/${entry}', { with: { type: 'json' } })
    console.log(typeof json[${JSON.stringify(key)}])`
  const printed = await shell('node', ['--no-warnings', '--input-type=module', '-e', script], stranger.folder)
  expect(printed).toMatch(/^(string|number|object)\n$/)
})

test.each(['generated/contract.ts', 'dist/src/client/client.js', 'src/index.ts'])(
  '%s is behind no entry point',
  async (file) => {
    const script = `await import('rongcloud-status-message/${file}')`
    await expect(shell('node', ['--input-type=module', '-e', script], stranger.folder)).rejects.toThrow(
      'ERR_PACKAGE_PATH_NOT_EXPORTED',
    )
  },
)
