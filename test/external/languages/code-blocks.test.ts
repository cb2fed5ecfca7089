/**
 * The blocks of README and docs pages in other languages, as printed: each is read by the language's own program, and
 * those that are marked as running run. Needs bash, python3, gofmt, php.
 */
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { MAIN, program, startMock, tool } from '../../support/cli-process.js'
import { checkOf, codeBlocks, placeOf } from '../../support/code-blocks.js'
import { ROOT } from '../../support/project-copy.js'
import { PATH, sha1 } from '../../support/raw-request.js'

const BLOCKS = codeBlocks()
const SHELL = BLOCKS.filter((block) => checkOf(block) === 'shell')
const PRINTED = BLOCKS.filter(({ printedBy }) => printedBy !== undefined)
const BIN = 'node_modules/.bin/rongcloud-status-message'
const KEYS = { appKey: 'mock-app-key', appSecret: 'mock-app-secret' }

/** Signed headers as lines; `secret` takes the place of the App Secret. */
function headersOf(secret: string): string {
  const nonce = '14314'
  const timestamp = String(Date.now())
  const signature = sha1(secret + nonce + timestamp)
  return `App-Key: ${KEYS.appKey}\nNonce: ${nonce}\nTimestamp: ${timestamp}\nSignature: ${signature}\n`
}

/** The files that the samples read, by path. */
async function fixtures(): Promise<Record<string, string>> {
  const message = { from: '2191', type: 'RC:TypSts', content: '{"typingContentType":"RC:TxtMsg"}' }
  const flags = Object.entries(message).flatMap(([name, value]) => [`--${name}`, value])
  const env = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }
  const { stdout } = await tool(['send', '--region', 'singapore', '--group', '2193', ...flags, '--dry-run'], { env })
  const fields = { fromUserId: message.from, objectName: message.type, content: message.content }
  const four = `${new URLSearchParams(fields)}&toGroupId=a&toGroupId=b&toGroupId=c&toGroupId=d`
  const form = 'Content-Type: application/x-www-form-urlencoded\n'
  return {
    'headers.txt': headersOf(KEYS.appSecret),
    'signed-with-app-key.txt': headersOf(KEYS.appKey),
    'traffic.har': JSON.stringify({ log: { entries: [] } }),
    'captured/send.http': stdout,
    'captured.http': `POST https://api.sg-light-api.com${PATH}\n${headersOf(KEYS.appSecret)}${form}\n${four}`,
    'joined.sh': `${BIN} send --group 2193,2192 ${flags.map((word) => `'${word}'`).join(' ')} > /dev/null`,
  }
}

/** A project with the package in `node_modules` and the files that the samples read. */
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'code-blocks-'))
  await mkdir(join(folder, 'node_modules/.bin'), { recursive: true })
  await mkdir(join(folder, 'captured'))
  await symlink(ROOT, join(folder, 'node_modules/rongcloud-status-message'))
  const bin = `#!/bin/sh\nexec ${process.execPath} ${MAIN} "$@"\n`
  await writeFile(join(folder, BIN), bin, { mode: 0o755 })
  const files = await fixtures()
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text)
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** What reads a block, and says where it is wrong. It gets the block on standard input. */
const READERS: Readonly<Record<string, readonly [string, ...string[]]>> = {
  sh: ['bash', '-n'],
  python: ['python3', '-c', 'import ast, sys; ast.parse(sys.stdin.read())'],
  go: ['gofmt', '-e'],
  php: ['php', '-l'],
}

test.each(
  BLOCKS.filter((block) => ['shell', 'compiler'].includes(checkOf(block) ?? '')).map(
    (block) => [placeOf(block), block] as const,
  ),
)('%s can be read', async (_place, { language, text }) => {
  const [name = 'false', ...args] = READERS[language] ?? []
  const { code, stderr } = await program(name, args, { stdin: text })
  expect([code, stderr]).toEqual([0, ''])
})

/** Without what differs from run to run. */
const steady = (text: string) => text.replaceAll(/\b([0-9a-f]{40}|[0-9a-f]{18}|\d{13})\b/g, 'VARIES')

describe('what is marked as running runs, and prints what the page shows', () => {
  let mock: Awaited<ReturnType<typeof startMock>>
  beforeAll(async () => {
    mock = await startMock(['--no-rate-limit'])
  })
  afterAll(async () => {
    mock.child.kill()
    await mock.ended
  })

  /** Runs a script where `npx` runs what is installed, without a look at the registry. */
  const ran = (script: string) => {
    const npx = 'npx() { local name=$1; shift; "node_modules/.bin/$name" "$@"; }'
    const env = {
      RONGCLOUD_APP_KEY: KEYS.appKey,
      RONGCLOUD_APP_SECRET: KEYS.appSecret,
      RONGCLOUD_BASE_URL: mock.url,
    }
    return program('bash', ['--norc', '-euc', `${npx}\n${script}`], { cwd: folder, env })
  }

  test.each(SHELL.filter(({ runs }) => runs).map((block) => [placeOf(block), block] as const))(
    '%s',
    async (_place, block) => {
      const { code, stdout, stderr } = await ran(block.text)
      expect([code, stderr]).toEqual([0, ''])
      expect(stdout).not.toBe('')
      if (block.prints !== undefined) expect(steady(stdout)).toBe(steady(block.prints))
    },
  )

  test.each(PRINTED.map((block) => [placeOf(block), block] as const))(
    '%s is what its command prints',
    async (_place, block) => {
      const { stdout, stderr } = await ran(block.printedBy ?? 'false')
      expect(stdout + stderr).toBe(block.text)
    },
  )

  test('also the mock of the docs that a program starts, which ends with it', async () => {
    const block = BLOCKS.find(({ language, text }) => language === 'python' && text.includes('subprocess.Popen'))
    const script = `${block?.text}\nprint(mock.returncode)\n`
    const { code, stdout, stderr } = await program('python3', ['-c', script], { cwd: folder })
    expect([code, stdout, stderr]).toEqual([0, expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+\n0\n$/), ''])
  })
})
