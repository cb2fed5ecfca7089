/** Clients that share no code with this package, each written as a user of that tool would write it. */
import { execFile } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { type RunningServer, startServer } from '../../../src/server.js'
import { createMockApi } from '../../../src/testing.js'
import { KEYS } from '../../support/raw-request.js'

const api = createMockApi({ ...KEYS, rateLimit: false })
let server: RunningServer
beforeAll(async () => {
  server = await startServer(api)
})
afterAll(() => server.close())
beforeEach(() => api.reset())

interface Answer {
  readonly code: number
  readonly messageUIDs?: readonly { readonly groupId: string }[]
  readonly errorMessage?: string
}

/** Runs a program with the keys in its environment; gives what it printed. */
function start(program: string, args: readonly string[], secret: string): Promise<string> {
  const keys = { RONGCLOUD_APP_KEY: KEYS.appKey, RONGCLOUD_APP_SECRET: secret, RONGCLOUD_BASE_URL: server.url }
  const env = { ...process.env, ...keys }
  return new Promise((done, fail) => {
    execFile(program, args, { env }, (error, stdout, stderr) => (error ? fail(new Error(stderr)) : done(stdout)))
  })
}

const shell = (program: string, script: string, secret: string) => start(program, ['-c', script], secret)

const sample = (file: string) => readFileSync(new URL(`../../../spec/code-samples/${file}`, import.meta.url), 'utf8')

/** The code sample as printed, or with two groups more, run from a file of its own. */
async function compiled(
  command: readonly [program: string, ...args: string[]],
  [file, groups, more]: readonly [file: string, groups: string, more: string],
  [secret, fourth]: readonly [secret: string, fourth: boolean],
): Promise<Answer> {
  const printed = sample(file)
  expect(printed).toContain(groups)
  const folder = await mkdtemp(join(tmpdir(), 'sample-'))
  try {
    const path = join(folder, file)
    await writeFile(path, fourth ? printed.replace(groups, more) : printed)
    const [program, ...args] = command
    return JSON.parse(await start(program, [...args, path], secret)) as Answer
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The code sample, sent to one group more when asked, and its answer also when that is an error. */
const clients: Record<string, (secret: string, fourth: boolean) => Promise<Answer>> = {
  'curl with openssl': async (secret, fourth) => {
    const more = " \\\n  --data-urlencode 'toGroupId=2194' --data-urlencode 'toGroupId=2195'"
    return JSON.parse(await shell('bash', `${sample('curl.sh').trimEnd()}${fourth ? more : ''} -sS`, secret)) as Answer
  },

  "Python's standard library": async (secret, fourth) => {
    const script = sample('python.py').replace(
      '["2193", "2192"]',
      fourth ? '["2193", "2192", "2194", "2195"]' : '["2193", "2192"]',
    )
    return JSON.parse(await shell('python3', script, secret)) as Answer
  },

  "Java's standard library": (...call) => {
    const group = '        field("toGroupId", "2192"),\n'
    const more = ['2192', '2194', '2195'].map((id) => group.replace('2192', id)).join('')
    return compiled(['java'], ['java.java', group, more], call)
  },

  "Go's standard library": (...call) => {
    return compiled(['go', 'run'], ['go.go', '{"2193", "2192"}', '{"2193", "2192", "2194", "2195"}'], call)
  },

  'PHP without extensions': (...call) => {
    const group = "    ['toGroupId', '2192'],\n"
    const more = ['2192', '2194', '2195'].map((id) => group.replace('2192', id)).join('')
    return compiled(['php', '-n'], ['php.php', group, more], call)
  },

  "the vendor's rongcloud-sdk": async (secret, fourth) => {
    const { init, request } = createRequire(import.meta.url)('rongcloud-sdk/lib/request.js') as {
      init: (config: object) => void
      request: (call: object) => Promise<{ text: Answer }>
    }
    init({ appkey: KEYS.appKey, secret, api: server.url })
    const toGroupId = ['2193', '2192', ...(fourth ? ['2194', '2195'] : [])]
    const content = JSON.stringify({ typingContentType: 'RC:TxtMsg' })
    const data = { fromUserId: '2191', toGroupId, objectName: 'RC:TypSts', content }
    return request({ url: 'statusmessage/group/publish', data }).then(
      ({ text }) => text,
      (error: { response: { text: string } }) => JSON.parse(error.response.text) as Answer,
    )
  },
}

describe.each(Object.entries(clients))('%s', (_name, send) => {
  test('is accepted when it is right', async () => {
    const answer = await send(KEYS.appSecret, false)
    expect(answer.code).toBe(200)
    expect(answer.messageUIDs?.map(({ groupId }) => groupId)).toEqual(['2193', '2192'])
    expect(() => api.verify()).not.toThrow()
    const [call] = api.calls
    if (call?.operation !== 'sendGroupStatusMessage') throw new Error('no such call')
    expect(call.body).toMatchObject({ fromUserId: '2191', toGroupId: ['2193', '2192'], objectName: 'RC:TypSts' })
    expect(JSON.parse(call.body.content)).toEqual({ typingContentType: 'RC:TxtMsg' })
  })

  test('is refused with four groups', async () => {
    expect(await send(KEYS.appSecret, true)).toMatchObject({
      code: 1002,
      errorMessage: 'toGroupId: at most 3 groups in one call, got 4',
    })
    expect(() => api.verify()).toThrow('toGroupId: at most 3 groups in one call, got 4 (maxItems)')
  })

  test('is refused with a wrong secret', async () => {
    expect(await send('wrong', false)).toMatchObject({ code: 1004 })
    expect(api.violations).toMatchObject([{ keyword: 'signature' }])
  })
})

test('no code sample is wider than 60 columns, with tabs of four', () => {
  for (const file of readdirSync(new URL('../../../spec/code-samples', import.meta.url))) {
    const wide = sample(file)
      .split('\n')
      .filter((line) => line.replaceAll('\t', '    ').length > 60)
    expect(wide, file).toEqual([])
  }
})
