/** The command `probe`: what it says before it sends, whom it lets send, what it writes, and how it ends. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { CANARIES, found } from '../../../support/canary.js'
import { cli } from '../../../support/cli.js'
import { createClock, json, KEYS, mockServer, type Server } from '../../../support/probe/run.js'
import { differingServer } from '../../../support/probe/servers.js'

// The probe waits a second between two calls; here no time passes.
const sleep = vi.hoisted(() => ({ error: undefined as Error | undefined }))
vi.mock('node:timers/promises', () => ({
  setTimeout: async () => {
    if (sleep.error) throw sleep.error
  },
}))

// A run is a hundred calls; on a machine that does much else they take longer.
vi.setConfig({ testTimeout: 60_000 })

const HERE = ['probe', '--base-url', 'http://127.0.0.1:9']
const ENV = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: KEYS.appSecret }

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'probe-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Hosts that were called. */
let called: string[]
beforeEach(() => {
  called = []
  serve(async () => {
    throw new Error('nothing may be sent')
  })
})
afterEach(() => {
  sleep.error = undefined
  vi.unstubAllGlobals()
})

/** Stands in for the network: no host but this machine is ever reached. */
function serve(server: Server): void {
  vi.stubGlobal('fetch', async (input: string, init?: RequestInit) => {
    const { hostname } = new URL(input)
    called.push(hostname)
    if (hostname !== '127.0.0.1') throw new Error(`a test must not call ${hostname}`)
    return server(new Request(input, init), called.length)
  })
}

const differing = (...names: string[]) => differingServer(names)({ ...createClock(), now: Date.now })

interface Written {
  readonly exitCode: number
  readonly newContradictions: readonly string[]
  readonly claims: readonly { readonly id: string; readonly verdict: string }[]
}

describe('before anything is sent', () => {
  test('it says where, whom, how much, how long, at which cost, and asks', async () => {
    const { code, stderr, stdout } = await cli(HERE, { env: ENV, stdin: 'no\n', terminals: ['stdin'] })
    expect([code, stdout, called]).toEqual([3, '', []])
    expect(stderr).toContain('http://127.0.0.1:9, as the app with the App Key …7Q4x')
    expect(stderr).toMatch(/Whom +No user\./)
    expect(stderr).toMatch(/How much +\d\d questions\. With controls and repeats at most 150 calls, one at a time/)
    expect(stderr).toMatch(/How long +At most 3 minutes/)
    expect(stderr).toMatch(/rate limit of your live app \(20 messages a second\)/)
    expect(stderr).toMatch(/Type yes and press Enter; anything else sends nothing\.\nNothing was sent\.\n$/)
    expect(stderr).not.toContain(KEYS.appKey)
  })

  test.each(['', 'yess\n', 'no yes\n'])('it takes %j for no', async (stdin) => {
    expect((await cli(HERE, { env: ENV, stdin, terminals: ['stdin'] })).code).toBe(3)
    expect(called).toEqual([])
  })

  test('with ids of the user, it names them and how many calls may reach them', async () => {
    const args = [...HERE, '--group', 'lab', '--from', 'me']
    const { stderr } = await cli(args, { env: ENV, stdin: 'no\n', terminals: ['stdin'] })
    expect(stderr).toMatch(
      /\d\d calls are right, and each of them may be sent a second time; they reach only whom you named: fromUserId me; toGroupId lab\./,
    )
  })

  test.each([
    ['without --yes where there is no terminal', HERE, ENV, '"--yes" must be given'],
    ['without keys', [...HERE, '--yes'], {}, 'RONGCLOUD_APP_SECRET'],
    ['without a host', ['probe', '--yes'], ENV, '"--region" (beijing, '],
    ['with two hosts', [...HERE, '--region', 'beijing', '--yes'], ENV, 'Received both'],
    ['with an unknown region', ['probe', '--region', 'bejing', '--yes'], ENV, 'Did you mean "beijing"?'],
    [
      'over http to another machine',
      ['probe', '--base-url', 'http://api.example.com', '--yes'],
      ENV,
      'http is for this machine alone',
    ],
    ['to a URL with a query', ['probe', '--base-url', 'https://api.example.com/?a', '--yes'], ENV, 'without query'],
    ['with one id of two', [...HERE, '--group', 'lab', '--yes'], ENV, '"--from" is missing'],
    ['with an empty id', [...HERE, '--group', '', '--from', 'me', '--yes'], ENV, '"--group" must not be empty'],
    [
      'with a baseline that is none',
      [...HERE, '--baseline', 'package.json', '--yes'],
      ENV,
      '"--baseline" must be a JSON result',
    ],
    [
      'with a result of a dry run',
      ['probe', '--dry-run', '--json', 'x.json'],
      {},
      '"--json" cannot be given with "--dry-run"',
    ],
    [
      'with a baseline of a dry run',
      ['probe', '--dry-run', '--baseline', 'x.json'],
      {},
      '"--baseline" cannot be given with "--dry-run"',
    ],
    ['of an unknown operation', [...HERE, '--operation', 'send', '--yes'], ENV, '"--operation" must be one of'],
  ])('%s, nothing is sent, and the exit code is 2', async (_name, args, env, says) => {
    const { code, stderr } = await cli(args, { env })
    expect([code, called]).toEqual([2, []])
    expect(stderr).toContain(says)
  })

  test('the host of the environment counts for nothing: the user names it', async () => {
    const env = { ...ENV, RONGCLOUD_BASE_URL: 'http://127.0.0.1:9', RONGCLOUD_REGION: 'beijing' }
    expect((await cli(['probe', '--yes'], { env })).code).toBe(2)
  })
})

describe('--dry-run', () => {
  test('prints the plan without keys, and what is not asked with its reasons', async () => {
    const { code, stdout, stderr } = await cli(['probe', '--dry-run'])
    expect([code, stderr, called]).toEqual([0, '', []])
    expect(stdout).toMatch(/^ {2}toGroupId: 4 items +HTTP 400, code 1002 +without content, or whole$/m)
    expect(stdout).toMatch(/^ {2}content: twice +HTTP 400, code 1002 +whole$/m)
    expect(stdout).toMatch(/^ {2}Nonce: 36 characters +no difference +without toGroupId$/m)
    expect(stdout).toMatch(/^ {3,}\d+ {2}needs the ids of your own group and user$/m)
    expect(stdout).toMatch(/^ {5}1 {2}it would send the App Secret in a header$/m)
    expect(stdout.endsWith('Nothing was sent.\n')).toBe(true)
  })

  test('says which calls hold the ids of the user', async () => {
    const { stdout } = await cli(['probe', '--dry-run', '--group', 'lab', '--from', 'me'])
    const own = stdout.split('\n').filter((line) => line.endsWith('with your ids'))
    expect(own).toHaveLength(Number(/(\d+) calls are right/.exec(stdout)?.[1]))
    expect(own.filter((line) => !/ accepted +with your ids$/.test(line))).toEqual([])
  })
})

describe('a run', () => {
  test('that finds nothing new ends with 0, and says how far it got', async () => {
    const { api, server } = mockServer()
    serve(server)
    const { code, stdout } = await cli([...HERE, '--yes'], { env: ENV })
    expect(code).toBe(0)
    expect(stdout).toMatch(
      /The server keeps to the contract, as far as it was asked\.\nClaims: 2\d\d confirmed, 0 contradicted\.\n\d+ calls were sent, which cost \d+/,
    )
    expect(stdout).toContain('confirmed     A call to four groups is answered with 1002. [fourth-group]')
    expect(stdout).toContain('The server asks for required fields in this order: toGroupId, objectName, content.')
    expect(api.calls.filter(({ status }) => status === 200)).toEqual([])
  })

  test('after a yes on the terminal sends', async () => {
    serve(async () => json(400, { code: 1002, errorMessage: 'no' }))
    const { code, stdout } = await cli(HERE, { env: ENV, stdin: 'yes\n', terminals: ['stdin'] })
    expect([code, called.length]).toEqual([3, 3])
    expect(stdout).toContain('Inconclusive.')
  })

  test('that contradicts ends with 1, then with 0 by its own result as the baseline, and with 1 for one more', async () => {
    const file = join(folder, 'first.json')
    const later = join(folder, 'later.json')
    const clash = 'JSON is answered with 1002'
    serve(differing(clash))
    const first = await cli([...HERE, '--yes', '--json', file], { env: ENV })
    expect([first.code, first.stdout]).toEqual([
      1,
      expect.stringContaining('a JSON body: the server refuses it too, with another answer'),
    ])
    const written = JSON.parse(await readFile(file, 'utf8')) as Written
    expect([written.exitCode, written.newContradictions]).toEqual([
      1,
      ['a JSON body', 'no media type'].map((one) => `/paths/~1statusmessage~1group~1publish.json/post: ${one}: code`),
    ])
    const validate = new Ajv2020({ strict: true, allErrors: true }).compile(
      JSON.parse(await readFile('generated/probe.schema.json', 'utf8')) as object,
    )
    expect([validate(written), validate.errors]).toEqual([true, null])
    expect(new Set(written.claims.map(({ id }) => id)).size).toBe(written.claims.length)

    const again = await cli([...HERE, '--yes', '--baseline', file], { env: ENV })
    expect([again.code, again.stdout]).toEqual([0, expect.stringContaining('Contradicted as in the baseline: 2.')])

    serve(differing(clash, 'seconds are refused'))
    const third = await cli([...HERE, '--yes', '--baseline', file, '--json', later], { env: ENV })
    const { newContradictions } = JSON.parse(await readFile(later, 'utf8')) as Written
    expect([third.code, newContradictions]).toEqual([
      1,
      [expect.stringContaining('Timestamp: seconds, signed as sent: accepted')],
    ])
  })

  test('goes to the first host of the region alone, without failover', async () => {
    const { code, stdout } = await cli(['probe', '--region', 'singapore', '--yes'], { env: ENV })
    expect([code, called]).toEqual([3, ['api.sg-light-api.com', 'api.sg-light-api.com']])
    expect(stdout).toContain('Twice in a row: The connection failed.')
  })

  test('writes its result into a folder that is not there yet', async () => {
    serve(async () => json(400, { code: 1002, errorMessage: 'no' }))
    const file = join(folder, 'new', 'folder', 'probe.json')
    expect((await cli([...HERE, '--yes', '--json', file], { env: ENV })).code).toBe(3)
    expect(JSON.parse(await readFile(file, 'utf8'))).toMatchObject({ version: 1, exitCode: 3 })
  })

  test.each([
    ['a folder', '', 'EISDIR'],
    ['a file below a file', 'file/probe.json', 'EEXIST'],
  ])('whose result cannot be written sends nothing: %s', async (_name, path, code) => {
    await writeFile(join(folder, 'file'), 'kept')
    const ended = await cli([...HERE, '--yes', '--json', join(folder, path)], { env: ENV })
    expect([ended.code, ended.stderr]).toEqual([
      2,
      expect.stringContaining(`"--json" must be a file that can be written (${code}). Nothing was sent`),
    ])
    expect(called).toEqual([])
  })

  test('whose result can no longer be written at its end ends with 3', async () => {
    const file = join(folder, 'gone', 'probe.json')
    serve(async () => {
      await rm(join(folder, 'gone'), { recursive: true, force: true })
      await writeFile(join(folder, 'gone'), '')
      return json(200, { code: 200 })
    })
    const { code, stderr } = await cli([...HERE, '--yes', '--json', file], { env: ENV })
    expect([code, stderr]).toEqual([
      3,
      expect.stringMatching(/the file of --json could not be written \((EEXIST|ENOTDIR)\)/),
    ])
  })

  test('that a mistake of the tool ends is no contradiction: it ends with 3', async () => {
    serve(mockServer().server)
    sleep.error = new Error(`a mistake near ${KEYS.appSecret}`)
    const { code, stdout, stderr } = await cli([...HERE, '--yes'], { env: ENV })
    expect([code, stdout]).toEqual([3, ''])
    expect(stderr).toContain('a mistake near [App Secret]')
  })

  test('says nothing of an earlier run where there is none', async () => {
    serve(differing('JSON is answered with 1002'))
    const { code, stdout } = await cli([...HERE, '--yes'], { env: ENV })
    expect([code, stdout]).toEqual([
      1,
      expect.stringMatching(
        /The server contradicts the contract in 2 claims\.\nClaims: 2\d\d confirmed, 2 contradicted\./,
      ),
    ])
    expect(stdout).not.toMatch(/baseline|before|\bnew\b|earlier/i)
    serve(mockServer().server)
    expect((await cli([...HERE, '--yes'], { env: ENV })).stdout).not.toMatch(/baseline|before|\bnew\b|earlier/i)
  })

  test('lists claims of the baseline that have another verdict now', async () => {
    const file = join(folder, 'differing.json')
    serve(differing('JSON is answered with 1002'))
    await cli([...HERE, '--yes', '--json', file], { env: ENV })
    serve(mockServer().server)
    const { code, stdout } = await cli([...HERE, '--yes', '--baseline', file], { env: ENV })
    const [, listed = ''] = /Another verdict than in the baseline:\n(.*?)\n\n/s.exec(stdout) ?? []
    expect([code, listed.split('\n').map((line) => line.trim().split(/ {2,}/)[0])]).toEqual([
      0,
      ['confirmed', 'confirmed'],
    ])
    expect(stdout).toContain('Nothing new since the baseline.')
  })

  test('shows text of the server without what steers a terminal', async () => {
    serve(async () => json(401, { code: 9, errorMessage: '\u001b[2Jgone' }))
    const { stdout } = await cli([...HERE, '--yes'], { env: ENV })
    expect(stdout).not.toContain('\u001b')
  })
})

/** Ways in which a run ends, and what it is given. */
const ENDS: Readonly<Record<string, { readonly args: readonly string[]; readonly stopAt?: number }>> = {
  'a run': { args: ['--yes'] },
  'a run with ids of the user': { args: ['--yes', '--group', 'lab', '--from', 'me'] },
  'a run that ends early': { args: ['--yes'], stopAt: 40 },
  'a run that cannot begin': { args: ['--yes'], stopAt: 1 },
}

describe.each(CANARIES)('a secret like %s', (secret) => {
  const env = { ...ENV, RONGCLOUD_APP_SECRET: secret }

  test.each(Object.entries(ENDS))('stands in no output, no file and no request of %s', async (_name, end) => {
    const file = join(folder, 'canary.json')
    await writeFile(file, '')
    const sent: string[] = []
    const { server } = mockServer({ appSecret: secret })
    serve(async (request, n) => {
      const body = await request.clone().text()
      sent.push(`${request.url} ${JSON.stringify([...request.headers])} ${body}`)
      const answer = await server(request, n)
      const found = (await answer.json()) as { readonly errorMessage?: string }
      // A server that says the secret, and repeats whatever it got.
      const words = `${secret} ${request.headers.get('nonce')} ${request.headers.get('signature')} ${body.slice(0, 200)}`
      const echo = JSON.stringify({ ...found, errorMessage: `${found.errorMessage}: ${words}` })
      const headers = { 'content-type': 'application/json', server: secret.replaceAll('\n', ' ') }
      return new Response(echo, { status: n === end.stopAt ? 429 : answer.status, headers })
    })
    const { stdout, stderr } = await cli([...HERE, ...end.args, '--json', file], { env })
    const all = [stdout, stderr, await readFile(file, 'utf8'), ...sent].join('\n')
    expect(end.stopAt === undefined ? sent.length > 100 : sent.length === end.stopAt).toBe(true)
    expect(found(all, secret)).toEqual([])
  })

  test.each([
    ['an unknown region', ['--region', secret, '--yes']],
    ['a wrong URL', ['--base-url', `http://${encodeURIComponent(secret)}@127.0.0.1`, '--yes']],
    ['a baseline that is no file', [...HERE.slice(1), '--baseline', secret, '--yes']],
    ['a file that cannot be written', [...HERE.slice(1), '--json', join('/dev/null', secret, 'x'), '--yes']],
    ['an unknown operation', [...HERE.slice(1), '--operation', secret, '--yes']],
  ])('stands in no error about %s', async (_name, args) => {
    const { code, stdout, stderr } = await cli(['probe', ...args], { env })
    expect([code === 0, found(stdout + stderr, secret)]).toEqual([false, []])
  })
})
