/** Types of the packed package before the compilers of its users: what compiles, what does not, and what is said of it. */
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join, relative } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { installed, type Stranger } from '../../support/packed-install.js'
import { ROOT, run } from '../../support/project-copy.js'

/** The packages of this folder, or those of the project. */
const FOLDERS = [join(ROOT, 'test/external/package/node_modules'), join(ROOT, 'node_modules')]

/** The path of `tsc` from `node_modules`, as `run` takes it. */
function compilerOf(name: string): string {
  const path = FOLDERS.map((folder) => join(folder, name, 'bin/tsc')).find((file) => existsSync(file))
  if (path === undefined) throw new Error(`${name} is not installed: npm ci in test/external/package`)
  return relative(join(ROOT, 'node_modules'), path)
}

interface Compiler {
  readonly version: string
  readonly name: string
  readonly resolution: 'nodenext' | 'bundler' | 'node10'
  readonly module: string
}

const VERSIONS = { '5.4': 'typescript-5.4', '5.9': 'typescript', '6': 'typescript-6', '7': 'typescript-7' }

/** `node10` is gone from TypeScript 7, and ends with 6. */
const COMPILERS: readonly Compiler[] = Object.entries(VERSIONS).flatMap(([version, name]) => {
  const modern: Compiler[] = [
    { version, name, resolution: 'nodenext', module: 'nodenext' },
    { version, name, resolution: 'bundler', module: 'esnext' },
  ]
  if (!version.startsWith('5.')) return modern
  return [...modern, { version, name, resolution: 'node10', module: 'commonjs' }]
})

let stranger: Stranger
beforeAll(async () => {
  stranger = await installed()
  const { folder } = stranger
  for (const programs of ['types', 'entry-points']) {
    await cp(join(ROOT, 'test/external/package', programs), join(folder, programs), { recursive: true })
  }
  await mkdir(join(folder, 'node_modules/@types'), { recursive: true })
  for (const name of ['@types/node', 'msw']) {
    await symlink(join(ROOT, 'node_modules', name), join(folder, 'node_modules', name))
  }
})
afterAll(() => stranger.remove())

interface Compiled {
  readonly errors: ReadonlyMap<string, string>
  readonly out: string
  /** Paths of all that the compiler read. */
  readonly read: readonly string[]
}

/** Compiles programs, and writes their declarations. Errors by place, `types/refused.ts:12`, with all that the compiler says of it. */
async function compile(
  { version, name, module, resolution }: Compiler,
  files: readonly string[],
  more: Readonly<Record<string, unknown>> = {},
): Promise<Compiled> {
  const out = `out-${version}-${resolution}`
  const compilerOptions = {
    module,
    moduleResolution: resolution,
    target: 'es2022',
    lib: ['es2022'],
    types: ['node'],
    strict: true,
    exactOptionalPropertyTypes: resolution === 'nodenext',
    noUncheckedIndexedAccess: true,
    // Without `exports`, a JSON file has another name.
    ...(resolution === 'node10' ? {} : { verbatimModuleSyntax: true, resolveJsonModule: true }),
    skipDefaultLibCheck: true,
    declaration: true,
    outDir: out,
    rootDir: '.',
    ...more,
  }
  await writeFile(join(stranger.folder, 'types.json'), JSON.stringify({ compilerOptions, files }))
  const { stdout } = await run(stranger.folder, compilerOf(name), [
    '-p',
    'types.json',
    '--pretty',
    'false',
    '--listFiles',
  ])
  const errors = new Map<string, string>()
  let place = ''
  const lines = stdout.split('\n').filter((one) => one !== '')
  const read = lines.filter((line) => line.startsWith('/'))
  for (const line of lines.filter((one) => !one.startsWith('/'))) {
    const [, file, at] = /^(\S+)\((\d+),\d+\): error /.exec(line) ?? []
    // What follows an error indented belongs to it.
    if (!line.startsWith(' ')) place = file === undefined ? line : `${file}:${at}`
    errors.set(place, `${errors.get(place) ?? ''}${line}\n`)
  }
  return { errors, out: join(stranger.folder, out), read }
}

/** The places of `refused.ts` with what must be said of each. */
async function mistakes(): Promise<ReadonlyMap<string, string>> {
  const source = await readFile(join(ROOT, 'test/external/package/types/refused.ts'), 'utf8')
  const lines = source
    .split('\n')
    .map((line, i) => [`types/refused.ts:${i + 1}`, / \/\/ (.+)$/.exec(line)?.[1]] as const)
  return new Map(lines.flatMap(([place, words]) => (words === undefined ? [] : [[place, words] as const])))
}

const PROGRAMS = [
  ...['compiles', 'refused', 'declared'].map((name) => `types/${name}.ts`),
  ...['client', 'testing', 'server', 'redis'].map((name) => `entry-points/${name}.ts`),
]

/** What a program of a browser has. The types of MSW want that too, and do not check by themselves. */
const WEB = { lib: ['es2022', 'dom', 'dom.iterable'], exactOptionalPropertyTypes: true }
const MSW = { ...WEB, skipLibCheck: true }

describe.each(COMPILERS)('TypeScript $version under $resolution', (compiler) => {
  const programs = compiler.resolution === 'node10' ? PROGRAMS : [...PROGRAMS, 'entry-points/contract.ts']
  let compiled: Compiled
  beforeAll(async () => {
    compiled = await compile(compiler, programs)
  })

  test('is the compiler that it says it is', async () => {
    const { stdout } = await run(stranger.folder, compilerOf(compiler.name), ['--version'])
    expect(stdout).toContain(`Version ${compiler.version}.`)
  })

  test('compiles what must compile, and a program for each entry point', async () => {
    const others = [...compiled.errors].filter(([place]) => !place.startsWith('types/refused.ts'))
    expect(others).toEqual([])
    expect([...(await compile(compiler, ['entry-points/msw.ts'], MSW)).errors]).toEqual([])
  })

  if (compiler.resolution === 'bundler') {
    test('compiles a program for each entry point of a browser', async () => {
      const { errors } = await compile(
        compiler,
        programs.filter((file) => file.startsWith('entry-points/')),
        WEB,
      )
      expect([...errors]).toEqual([])
    })
  }

  test('reads the package from the tarball, and nothing else of this project', () => {
    for (const file of programs) expect(compiled.read).toContain(join(stranger.folder, file))
    const core = 'node_modules/rongcloud-status-message/dist/src/mock/mock-api.d.ts'
    expect(compiled.read).toContain(join(stranger.folder, core))
    const installed = [join(ROOT, 'node_modules'), join(ROOT, 'test/external/package/node_modules')]
    const own = compiled.read.filter(
      (file) => file.startsWith(ROOT) && !installed.some((folder) => file.startsWith(folder)),
    )
    expect(own).toEqual([])
  })

  test('refuses what must not, at the place of the mistake and in words that say what is wrong', async () => {
    const expected = await mistakes()
    expect(expected.size).toBeGreaterThanOrEqual(25)
    const refused = [...compiled.errors].filter(([place]) => place.startsWith('types/refused.ts'))
    expect(refused.map(([place]) => place)).toEqual([...expected.keys()])
    for (const [place, text] of refused) expect(text, place).toContain(expected.get(place))
  })

  test('writes declarations of what a program exports, which name no file of the package', async () => {
    // Alone: with another entry point in the program, its types could be named by that. They are checked above.
    const { errors, out } = await compile(compiler, ['types/declared-mock.ts'], { skipLibCheck: true })
    expect([...errors]).toEqual([])
    for (const name of ['declared', 'declared-mock']) {
      const text = await readFile(join(out, `types/${name}.d.ts`), 'utf8')
      expect(text).toContain('SendGroupStatusMessageFields')
      // Without `exports`, each file of a package has a name.
      if (compiler.resolution !== 'node10') expect(text).not.toMatch(/status-message\/(dist|generated|src)\//)
    }
  })
})
