/** The package as a stranger gets it: packed, installed into an empty folder, without a network. */
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createContext, Script } from 'node:vm'
import { build } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { firstExample } from '../../support/code-blocks.js'
import { installed, type Stranger, shell } from '../../support/packed-install.js'
import { ROOT, run, TSC, TSX } from '../../support/project-copy.js'
import { sha1 } from '../../support/raw-request.js'

let folder: string
let files: readonly string[]

let stranger: Stranger
beforeAll(async () => {
  stranger = await installed()
  ;({ folder, files } = stranger)
}, 120_000)
afterAll(() => stranger.remove())

describe('the package', () => {
  test('holds what it needs and nothing of the tests or the build', () => {
    const top = new Set(files.map((path) => path.split('/')[0]))
    expect([...top].toSorted()).toEqual([
      'CHANGELOG.md',
      'CONTRIBUTING.md',
      'LICENSE',
      'README.md',
      'SECURITY.md',
      'dist',
      'generated',
      'llms.txt',
      'package.json',
      'src',
    ])
    expect(files.filter((path) => /(^|\/)(test|bench|generate|site|spec)\/|\.test\.|fixture/.test(path))).toEqual([])
  })

  test('unpacks to at most 1.5 MB', async () => {
    const at = join(folder, 'node_modules/rongcloud-status-message')
    const sizes = await Promise.all(files.map(async (path) => (await stat(join(at, path))).size))
    const total = sizes.reduce((sum, size) => sum + size, 0)
    console.log(`${files.length} files, ${total} bytes unpacked`)
    expect(total).toBeGreaterThan(500_000)
    expect(total).toBeLessThanOrEqual(1_500_000)
  })

  test('is JavaScript as tsc writes it, comments included, so that a debugger and a reader need no maps', async () => {
    expect(files.filter((path) => path.endsWith('.map'))).toEqual([])
    const at = join(folder, 'node_modules/rongcloud-status-message/dist/src/client/client.js')
    const lines = (await readFile(at, 'utf8')).split('\n')
    expect(lines.filter((line) => line.includes('sourceMappingURL'))).toEqual([])
    const line = lines.findIndex((text) => text.startsWith('export function createClient(options = {}) {'))
    expect(lines[line - 1]).toBe(' */')
  })

  test('brings the command line, by its name and by npx', async () => {
    const bin = join(folder, 'node_modules/.bin/rongcloud-status-message')
    const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { version: string }
    expect(await shell(bin, ['--version'], folder)).toBe(`${version}\n`)
    const send = 'npx --offline rongcloud-status-message send --from 1 --group 2 --type app:x --content y --json'
    const printed = await shell(
      'npx',
      ['--offline', 'rongcloud-status-message', 'test', '--strict', '--', 'bash', '-c', send],
      folder,
    )
    expect(JSON.parse(printed)).toMatchObject({ data: { messageUIDs: [{ groupId: '2' }] } })
  })

  test('has openapi-fetch as its only dependency', async () => {
    const own = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as Record<string, object>
    expect(Object.keys(own['dependencies'] ?? {})).toEqual(['openapi-fetch'])
    const installed = (await readdir(join(folder, 'node_modules'))).filter((name) => !name.startsWith('.'))
    expect(installed.toSorted()).toEqual(['openapi-fetch', 'openapi-typescript-helpers', 'rongcloud-status-message'])
  })
})

describe('each entry point', () => {
  test.each([
    [
      'rongcloud-status-message',
      ['RongCloudError', 'createClient', 'createLimiter', 'createSigner', 'isRegion', 'isRongCloudError', 'message'],
    ],
    ['rongcloud-status-message/redis', ['createRedisLimiter']],
    ['rongcloud-status-message/testing', ['ContractViolationError', 'createMockApi', 'verifySignature']],
    ['rongcloud-status-message/contract-tests', ['describeContract']],
    ['rongcloud-status-message/server', ['startServer']],
  ])('%s opens, without msw', async (entry, names) => {
    const script = `console.log(JSON.stringify(Object.keys(await import('${entry}')).sort()))`
    expect(JSON.parse(await shell('node', ['--input-type=module', '-e', script], folder))).toEqual(names)
  })

  test('rongcloud-status-message/msw opens beside msw', async () => {
    // Resolved from the project, which has msw; the stranger has not.
    const script = `console.log(JSON.stringify(Object.keys(await import('rongcloud-status-message/msw')).sort()))`
    expect(JSON.parse(await shell('node', ['--input-type=module', '-e', script], ROOT))).toEqual([
      'handlers',
      'listenOptions',
    ])
  })

  test('the contract as JSON and as YAML', async () => {
    const script = `
      import { readFileSync } from 'node:fs'
      import { createRequire } from 'node:module'
      const { resolve } = createRequire(process.cwd() + '/')
      const at = (entry) => readFileSync(resolve('rongcloud-status-message/' + entry), 'utf8')
      console.log(JSON.parse(at('openapi.json')).openapi, at('openapi.yaml').split('\\n')[0])`
    expect(await shell('node', ['--input-type=module', '-e', script], folder)).toBe('3.1.1 openapi: 3.1.1\n')
  })
})

test("the README's first example compiles under module resolution bundler; nodenext is that of code-blocks.test.ts", async () => {
  await writeFile(join(folder, 'example.ts'), firstExample())
  const flags = ['--noEmit', '--strict', '--target', 'es2022', '--module', 'esnext', '--moduleResolution', 'bundler']
  const { stdout } = await run(folder, TSC, [...flags, 'example.ts'])
  expect(stdout).toBe('')
})

test("the spec's TypeScript sample runs against the server", async () => {
  const sample = await readFile(join(ROOT, 'spec/code-samples/typescript.ts'), 'utf8')
  await writeFile(join(folder, 'sample.ts'), sample)
  await writeFile(
    join(folder, 'sample-run.mjs'),
    `import { createMockApi } from 'rongcloud-status-message/testing'
     import { startServer } from 'rongcloud-status-message/server'
     const api = createMockApi({ appKey: 'sample-key', appSecret: 'sample-secret' })
     const server = await startServer(api)
     const keys = { RONGCLOUD_APP_KEY: 'sample-key', RONGCLOUD_APP_SECRET: 'sample-secret' }
     Object.assign(process.env, keys, { RONGCLOUD_BASE_URL: server.url })
     await import('./sample.ts')
     api.verify()
     await server.close()
     console.log('calls', api.calls.length)`,
  )
  const { stdout, stderr } = await run(folder, TSX, ['sample-run.mjs'])
  expect([stdout, stderr]).toEqual([expect.stringMatching(/groupId: '2193'[\s\S]*calls 1/), ''])
})

test('a bundle for the browser imports nothing, and signs there by WebCrypto', async () => {
  await mkdir(join(folder, 'browser'), { recursive: true })
  const contents = `
    export { createClient, message } from 'rongcloud-status-message'
    export { createMockApi } from 'rongcloud-status-message/testing'`
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: folder },
    bundle: true,
    platform: 'browser',
    format: 'iife',
    globalName: 'bundle',
    write: false,
    metafile: true,
  })
  const imports = Object.values(metafile.outputs).flatMap((output) => output.imports)
  expect(imports).toEqual([])
  const code = outputFiles[0]?.text ?? ''
  expect(code).not.toMatch(/from\s*['"]node:|require\(/)

  // Nothing of Node: what a browser has, and nothing else.
  const web = {
    crypto,
    performance,
    TextDecoder,
    TextEncoder,
    URL,
    Headers,
    Request,
    Response,
    AbortController,
    FormData,
    setTimeout,
    clearTimeout,
  }
  const context = createContext({ ...web })
  new Script(`${code}
    const keys = { appKey: 'k', appSecret: 's' }
    const api = bundle.createMockApi(keys)
    const client = bundle.createClient({ ...keys, baseUrl: 'http://mock', fetch: api.fetch })
    globalThis.done = client
      .sendGroupStatusMessage({ fromUserId: '1', toGroupId: ['2'], ...bundle.message('RC:TypSts', { typingContentType: 'x' }) })
      .then((result) => JSON.stringify({ result, headers: api.calls[0].headers, violations: api.violations }))`).runInContext(
    context,
  )
  const { result, headers, violations } = JSON.parse(await (context['done'] as Promise<string>)) as {
    result: object
    headers: Record<string, string>
    violations: unknown[]
  }
  expect(result).toMatchObject({ messageUIDs: [{ groupId: '2' }] })
  expect(violations).toEqual([])
  expect(headers['signature']).toBe(sha1(`s${headers['nonce']}${headers['timestamp']}`))
})
