/** The six tools: what each makes of the file, and how it sends a call. */
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { copyFile, mkdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { build } from 'esbuild'
import { createClient, isRongCloudError } from '../../src/index.js'
import { KEYS, type Recorder } from './recorder.js'

const HERE: string = import.meta.dirname
const MODULES = join(HERE, 'node_modules')

/** A folder with the published file in it, for one tool. */
export interface Place {
  readonly folder: string
  readonly recorder: Recorder
}

export interface Tool {
  readonly name: string
  readonly pack: string
  /** Reads the file, and says in words what came of it. */
  readonly read: (place: Place) => Promise<string>
  /** Sends a call to these groups; undefined where the tool sends none. */
  readonly send?: (place: Place, groups: readonly string[]) => Promise<Outcome>
  /** Looks at the example of a call to four groups, where the tool sends none. */
  readonly refuse?: (place: Place) => Promise<string>
  /** Why the tool itself does not refuse four groups, where it does not. */
  readonly limit?: string
}

/** What became of a call: the tool refused it, or the mock answered. */
export type Outcome = { readonly refusedBy: string } | { readonly status: number; readonly body: unknown }

/** Runs a program of a tool; rejects with all that it printed when it fails. */
async function run(folder: string, program: string, args: readonly string[], more: NodeJS.ProcessEnv = {}) {
  const env = { ...process.env, NO_COLOR: '1', ...more }
  const path = program === process.execPath ? program : join(MODULES, '.bin', program)
  const { stdout } = await promisify(execFile)(path, args, { cwd: folder, env, maxBuffer: 1e8 }).catch((error) => {
    throw new Error(`${program} ${args.join(' ')}: ${error.stdout}${error.stderr}`)
  })
  return stdout
}

/** Compiles a program beside what was generated, then bundles it. */
async function compile(folder: string, program: string): Promise<string> {
  const files = ['call.ts', 'mutator.ts', 'swagger-client.d.ts', `${program}.ts`]
  await Promise.all(files.map((file) => copyFile(join(HERE, 'programs', file), join(folder, file))))
  await symlink(MODULES, join(folder, 'node_modules'))
  await writeFile(join(folder, 'package.json'), '{ "type": "module" }')
  const strict = ['--strict', '--noEmit', '--skipLibCheck', '--target', 'es2022']
  const types = ['--typeRoots', join(HERE, '../../node_modules/@types'), '--types', 'node']
  // As bundlers resolve: the tools do not agree on file extensions in imports.
  const modules = ['--module', 'esnext', '--moduleResolution', 'bundler']
  await run(folder, 'tsc', [...strict, ...modules, ...types, 'swagger-client.d.ts', `${program}.ts`])
  await build({
    entryPoints: [join(folder, `${program}.ts`)],
    outfile: join(folder, 'program.mjs'),
    bundle: true,
    format: 'esm',
    platform: 'node',
    // Packages stay outside of the bundle; what was generated goes in.
    packages: 'external',
    logLevel: 'error',
  })
  return 'types compile'
}

/** Runs the compiled program, which makes one call. */
async function call({ folder, recorder }: Place, groups: readonly string[]): Promise<Outcome> {
  const env = {
    BASE_URL: recorder.url,
    GROUPS: JSON.stringify(groups),
    APP_KEY: KEYS.appKey,
    APP_SECRET: KEYS.appSecret,
  }
  // The shape that `call.ts` prints.
  return JSON.parse(await run(folder, process.execPath, ['program.mjs'], env)) as Outcome
}

const heyApi: Tool = {
  name: 'hey-api',
  pack: '@hey-api/openapi-ts',
  read: async ({ folder }) => {
    const plugins = ['@hey-api/client-fetch', '@hey-api/sdk', 'zod'].flatMap((name) => ['-p', name])
    await run(folder, 'openapi-ts', ['-i', 'openapi.yaml', '-o', 'generated', '--no-log-file', ...plugins])
    return compile(folder, 'hey-api')
  },
  send: call,
}

const orval: Tool = {
  name: 'orval',
  pack: 'orval',
  read: async ({ folder }) => {
    const input = 'openapi.yaml'
    const mutator = { path: 'mutator.ts', name: 'signedFetch' }
    const config = {
      client: { input, output: { target: 'generated/client.ts', client: 'fetch', override: { mutator } } },
      zod: { input, output: { target: 'generated/zod.ts', client: 'zod' } },
    }
    await writeFile(join(folder, 'orval.config.cjs'), `module.exports = ${JSON.stringify(config)}`)
    await Promise.all(
      ['call.ts', 'mutator.ts'].map((file) => copyFile(join(HERE, 'programs', file), join(folder, file))),
    )
    await run(folder, 'orval', ['--config', 'orval.config.cjs'])
    return compile(folder, 'orval')
  },
  send: call,
}

const swaggerTypescriptApi: Tool = {
  name: 'swagger-typescript-api',
  pack: 'swagger-typescript-api',
  read: async ({ folder }) => {
    await run(folder, 'swagger-typescript-api', ['generate', '-p', 'openapi.yaml', '-o', 'generated', '--silent'])
    return compile(folder, 'swagger-typescript-api')
  },
  send: call,
  limit: 'it checks nothing before it sends',
}

const swaggerClient: Tool = {
  name: 'swagger-client',
  pack: 'swagger-client',
  read: async ({ folder }) => {
    await compile(folder, 'swagger-client')
    return 'read by itself, without errors'
  },
  send: call,
  limit: 'it checks nothing in a form body',
}

/** @returns what Spectral says of a file, a line each */
async function spectralProblems(folder: string, file: string): Promise<readonly { code: string; message: string }[]> {
  await writeFile(join(folder, '.spectral.yaml'), 'extends: ["spectral:oas"]\n')
  const args = ['lint', file, '--ruleset', '.spectral.yaml', '--format', 'json', '--quiet', '--output', 'problems.json']
  // It fails for errors; what they are stands in the file.
  await run(folder, 'spectral', args).catch(() => undefined)
  return JSON.parse(await readFile(join(folder, 'problems.json'), 'utf8'))
}

const spectral: Tool = {
  name: 'Spectral',
  pack: '@stoplight/spectral-cli',
  read: async ({ folder }) => {
    const problems = await spectralProblems(folder, 'openapi.yaml')
    if (problems.length > 0) throw new Error(problems.map(({ code, message }) => `${code}: ${message}`).join('; '))
    return 'clean under spectral:oas'
  },
  refuse: async ({ folder }) => {
    const yaml = await readFile(join(folder, 'openapi.yaml'), 'utf8')
    const four = yaml.replace(/(toGroupId:\n( +))- "2193"\n +- "2192"\n/, '$1- "1"\n$2- "2"\n$2- "3"\n$2- "4"\n')
    if (four === yaml) throw new Error('the file has no example with two groups')
    await writeFile(join(folder, 'four.yaml'), four)
    const found = await spectralProblems(folder, 'four.yaml')
    const texts = [...new Set(found.map(({ code, message }) => `${code}: ${message}`))]
    if (texts.length !== 1 || !texts[0]?.includes('items'))
      throw new Error(`four groups: ${texts.join('; ') || 'clean'}`)
    return `the example is refused, ${texts[0]}`
  },
}

const FIELDS = { fromUserId: '2191', objectName: 'RC:TxtMsg', content: '{"content":"hello"}' }

/** A port that was free a moment ago. */
async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  if (typeof address !== 'object' || address === null) throw new Error('no port is free')
  return address.port
}

/** Prism in front of the mock, for as long as `work` takes. */
async function withPrism<T>({ folder, recorder }: Place, work: (url: string) => Promise<T>): Promise<T> {
  const port = await freePort()
  const args = ['proxy', 'openapi.yaml', recorder.url, '--errors', '--port', String(port), '--host', '127.0.0.1']
  const script = join(MODULES, '@stoplight/prism-cli/dist/index.js')
  const prism = spawn(process.execPath, [script, ...args], { cwd: folder, env: { ...process.env, NO_COLOR: '1' } })
  const ended = once(prism, 'exit')
  try {
    const lines: string[] = []
    for await (const line of createInterface(prism.stdout)) {
      lines.push(line)
      if (line.includes('is listening on')) return await work(`http://127.0.0.1:${port}`)
    }
    throw new Error(`Prism does not listen: ${lines.join(' ')}`)
  } finally {
    prism.kill()
    await ended
  }
}

const prism: Tool = {
  name: 'Prism, between our client and our mock',
  pack: '@stoplight/prism-cli',
  // https://github.com/stoplightio/prism/pull/2654
  limit: 'of a repeated name it reads the last value alone',
  read: (place) =>
    withPrism(place, async (url) => {
      const client = createClient({ ...KEYS, baseUrl: url, validate: false, retry: false })
      const fields = { ...FIELDS, toGroupId: ['a'], isIncludeSender: 7 }
      const { error } = await client.safe.sendGroupStatusMessage(
        fields as Parameters<typeof client.sendGroupStatusMessage>[0],
      )
      if (place.recorder.take().length > 0) throw new Error('it lets isIncludeSender: 7 through')
      return `listens; refuses isIncludeSender: 7 with HTTP ${error?.status}`
    }),
  send: (place, groups) =>
    withPrism(place, async (baseUrl) => {
      // The client would refuse four groups itself; here Prism is to do it.
      const client = createClient({ ...KEYS, baseUrl, validate: false, retry: false })
      const fields = { ...FIELDS, toGroupId: groups }
      const { data, error } = await client.safe.sendGroupStatusMessage(fields)
      if (data) return { status: 200, body: data }
      if (!isRongCloudError(error) || error.status === undefined) throw error
      // Prism passes on what the mock answers; its own refusals have no code of the contract.
      if (error.code !== undefined) return { status: error.status, body: undefined }
      return { refusedBy: `HTTP ${error.status}` }
    }),
}

export const TOOLS: readonly Tool[] = [heyApi, orval, swaggerTypescriptApi, swaggerClient, spectral, prism]

/** A new folder for a tool, with the published file in it. */
export async function folderFor(root: string, file: string, { name }: Tool): Promise<string> {
  const folder = join(root, name.replaceAll(/\W+/g, '-'))
  await mkdir(folder)
  await copyFile(file, join(folder, 'openapi.yaml'))
  return folder
}
