/** The server's own paths, as a test program in another language sees them: by Python's standard library and curl. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { inspect } from 'node:util'
import { afterEach, describe, expect, test } from 'vitest'
import { type RunningServer, type ServerOptions, startServer } from '../../../src/mock/server.js'
import { ContractBreachError, createMockApi } from '../../../src/mock/testing.js'
import { shell } from '../../support/packed-install.js'
import { copyHouse, generate, ROOT, run, TSX } from '../../support/project-copy.js'
import { form, KEYS, PAIRS, PATH, raw, signedHeaders, withPairs } from '../../support/raw-request.js'

const api = createMockApi({ ...KEYS, rateLimit: false })
let server: RunningServer
const start = async (options: ServerOptions = {}) => {
  server = await startServer(api, options)
}
afterEach(async () => {
  await server?.close()
  api.reset()
})

const send = (body = form(PAIRS), headers = {}) =>
  fetch(server.url + PATH, { method: 'POST', headers: { ...signedHeaders(), ...headers }, body })

describe('GET /__calls and POST /__reset', () => {
  test('tell what was called and forget it, to Python', async () => {
    await start()
    await send()
    await send(withPairs(['fromUserId']))
    const script = `
import json, sys
from urllib.request import Request, urlopen
base = sys.argv[1]
first, second = json.load(urlopen(base + "/__calls"))
assert first["operation"] == "sendGroupStatusMessage", first
assert first["body"]["toGroupId"] == ["2193", "2192"], first
assert first["breaches"] == [] and first["status"] == 200, first
assert second["breaches"][0]["message"] == "fromUserId: required, got nothing", second
reset = urlopen(Request(base + "/__reset", method="POST"))
assert reset.status == 204 and reset.read() == b"", reset
assert json.load(urlopen(base + "/__calls")) == []
print("ok")
`
    expect(await shell('python3', ['-c', script, server.url], ROOT)).toBe('ok\n')
    expect(() => api.verify()).not.toThrow()
  })

  test('are no calls themselves, and take no other method', async () => {
    await start()
    const url = `${server.url}/__calls`
    const status = ['-sS', '-o', '/dev/null', '-w', '%{http_code} %header{allow} %header{content-length}']
    expect(await shell('curl', [...status, '-X', 'POST', '-d', 'x=1', url], ROOT)).toMatch(/^405 GET, HEAD \d+$/)
    expect(await shell('curl', [...status, `${server.url}/__reset`], ROOT)).toMatch(/^405 POST \d+$/)
    expect(await shell('curl', [...status, '--head', url], ROOT)).toBe('200  2')
    // RFC 9110, 8.6: no Content-Length with 204.
    expect(await shell('curl', [...status, '-X', 'POST', `${server.url}/__reset?x=1`], ROOT)).toBe('204  ')
    expect(api.calls).toEqual([])
  })

  test('are paths like any other when they are off, and when they are only alike', async () => {
    await start({ control: false })
    for (const path of ['/__calls', '/__reset']) expect((await fetch(server.url + path)).status).toBe(404)
    await server.close()
    await start()
    for (const path of ['/__calls/', '/x/__calls', '/__Calls', '/constructor', '/__proto__'])
      expect((await fetch(server.url + path)).status).toBe(404)
    expect(api.breaches.map(({ keyword }) => keyword)).toEqual(Array(7).fill('path'))
  })

  test('may only be on or off', async () => {
    await expect(startServer(api, { control: 'no' as never })).rejects.toThrow(
      new TypeError('"control" must be true or false. Received no'),
    )
  })
})

describe('the App Secret', () => {
  const { appSecret } = KEYS

  test('is told by no path, report or record, wherever a caller has put it', async () => {
    await start()
    await send(form(PAIRS), { 'App-Key': appSecret })
    await send(form(PAIRS), { Signature: `${appSecret}14314` })
    await send(form(PAIRS), { 'X-Debug': `secret=${appSecret}` })
    const everywhere = [
      ...PAIRS,
      ['appSecret', appSecret],
      [appSecret, '1'],
      ['more', appSecret],
      ['more', '2'],
    ] as const
    await send(form(everywhere))
    const wrong = await send(withPairs(['isIncludeSender'], [['isIncludeSender', appSecret]]))
    await fetch(`${server.url}/${appSecret}.json`)
    const answers = (await wrong.text()) + JSON.stringify([...wrong.headers])
    const calls = await (await fetch(`${server.url}/__calls`)).text()
    const report = (() => {
      try {
        return api.verify()
      } catch (error) {
        expect(error).toBeInstanceOf(ContractBreachError)
        return inspect(error, { depth: 20 })
      }
    })()
    expect(answers).toContain('isIncludeSender: an integer, got \\"[App Secret]')
    expect(JSON.parse(calls)).toHaveLength(6)
    expect(calls).toContain('"appSecret":"[App Secret]"')
    expect(inspect([api.calls, api.breaches], { depth: 20 }) + calls + report + answers).not.toContain(appSecret)
  })

  test('of a few letters is no secret, and masks no innocent word', async () => {
    const toy = createMockApi({ appKey: 'test', appSecret: 'test' })
    toy.handle({ ...raw(), headers: { 'app-key': 'test', 'content-type': 'application/x-www-form-urlencoded' } })
    expect(toy.calls[0]?.headers['app-key']).toBe('test')
  })

  test('cannot be guessed from the calls that are told: signatures are hidden', async () => {
    await start()
    await send()
    await fetch(server.url + PATH, { method: 'POST', headers: signedHeaders({ prefix: 'RC-' }), body: form(PAIRS) })
    const text = await (await fetch(`${server.url}/__calls`)).text()
    for (const { headers } of api.calls) expect(text).not.toContain(headers['signature'] ?? headers['rc-signature'])
    const [plain, prefixed] = JSON.parse(text) as { headers: Record<string, string> }[]
    expect([plain?.headers['signature'], prefixed?.headers['rc-signature']]).toEqual(['[hidden]', '[hidden]'])
    expect(plain?.headers['nonce']).toBe('14314')
  })
})

describe('what is kept of a body', () => {
  test('is all of it when it fits the contract, and a part of what the contract does not bound', () => {
    const headers = Object.fromEntries(Object.entries(signedHeaders()).map(([k, v]) => [k.toLowerCase(), v]))
    const many = Array.from({ length: 5_000 }, (_, i) => `f${i}=${i}`).join('&')
    const content = 'x'.repeat(131_072)
    const own = [
      ['objectName', 'app:note'],
      ['content', content],
    ] as const
    const fits = withPairs(['objectName', 'content'], own)
    api.handle({ ...raw(), headers, body: fits })
    api.handle({ ...raw(), headers, body: `${fits}&${many}&long=${'y'.repeat(100_000)}` })
    api.handle({ ...raw(), headers, body: `${fits}y&${'toGroupId=g&'.repeat(5_000)}` })
    const [whole, padded, wrong] = api.calls.map(({ body }) => body as unknown as Record<string, string>)
    expect(whole?.['content']).toBe(content)
    expect(padded?.['content']).toBe(content)
    expect(Object.keys(padded ?? {})).toHaveLength(105)
    expect(wrong?.['content']).toBe(`${'x'.repeat(1_000)}…`)
    expect(wrong?.['toGroupId']).toHaveLength(100)
    expect(api.breaches.map(({ message }) => message)).toContain('toGroupId: at most 3 groups in one call, got 5002')
  })
})

describe('a contract that has such a path itself', () => {
  test.each(['/__calls', '/__reset'])('is never hidden: %s', { timeout: 60_000 }, async (path) => {
    const house = await copyHouse()
    try {
      const root = await readFile(join(ROOT, 'spec/openapi.yaml'), 'utf8')
      const operation = await readFile(join(ROOT, 'test/support/operations/paths/cursor_move.yaml'), 'utf8')
      await writeFile(join(house.folder, 'spec/paths/cursor_move.yaml'), operation)
      const entry = `  ${path}:\n    $ref: paths/cursor_move.yaml\n`
      await writeFile(join(house.folder, 'spec/openapi.yaml'), root.replace(/^paths:\n/m, `paths:\n${entry}`))
      expect(await generate(house.folder)).toMatchObject({ code: 0, stderr: '' })
      const program = `
        import { startServer } from './src/mock/server.js'
        import { createMockApi } from './src/mock/testing.js'
        const api = createMockApi({ appKey: 'k', appSecret: 's' })
        const refused = await startServer(api).catch((error) => error)
        const server = await startServer(api, { control: false })
        const { status } = await fetch(server.url + '${path}', { method: 'POST' })
        await server.close()
        console.log(JSON.stringify({ refused: String(refused), status, operation: api.calls[0].operation }))`
      await writeFile(join(house.folder, 'program.ts'), program)
      const { stdout, stderr } = await run(house.folder, TSX, ['program.ts'])
      expect(stderr).toBe('')
      expect(JSON.parse(stdout)).toEqual({
        refused: `TypeError: "control" must be false: the contract has an operation at ${path}`,
        status: 400,
        operation: 'moveCursor',
      })
    } finally {
      await house.remove()
    }
  })
})
