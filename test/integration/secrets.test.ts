/** A canary App Secret in processes of their own, by the built package: in last words, in all they print, and in their memory. */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { CANARIES, found } from '../support/canary.js'
import { program } from '../support/cli-process.js'

describe('a process', () => {
  const [secret = ''] = CANARIES
  const DIST = new URL('../../dist/src/', import.meta.url).href
  const start = `
    import { createClient, createSigner, createLimiter } from '${DIST}index.js'
    import { createMockApi } from '${DIST}testing.js'
    import { startServer } from '${DIST}server.js'
    const canary = () => process.env.CANARY
    const keys = () => ({ appKey: 'an-app-key', appSecret: canary() })
    const fields = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'y' }
    const answers = (status, errorMessage) => async () => new Response(JSON.stringify({ code: 1002, errorMessage }), { status })
  `
  const node = (code: string, ...flags: string[]) =>
    program(process.execPath, [...flags, '--input-type=module', '--eval', start + code], { env: { CANARY: secret } })

  test.each([
    ['a wrong option', `createClient({ ...keys(), baseUrl: canary() })`],
    [
      'a call that is refused',
      `createClient({ ...keys(), baseUrl: 'http://x' }).sendGroupStatusMessage({ ...fields, fromUserId: canary() })`,
    ],
    [
      'an answer',
      `createClient({ ...keys(), baseUrl: 'http://x', fetch: answers(400, canary()) }).sendGroupStatusMessage(fields)`,
    ],
    [
      'a lost connection',
      `createClient({ ...keys(), baseUrl: 'http://x', fetch: async () => { throw new Error('a', { cause: new Error(canary()) }) } }).sendGroupStatusMessage(fields)`,
    ],
    [
      'a report',
      `const api = createMockApi(keys()); await api.fetch('http://x/' + canary(), { method: 'POST', headers: { 'App-Key': canary() } }); api.verify()`,
    ],
    ['a wrong scenario', `createMockApi(keys()).respondOnce('sendGroupStatusMessage', canary())`],
  ])('that dies of %s leaves the secret in none of its last words', async (_, code) => {
    const { code: exit, stdout, stderr } = await node(code)
    expect(exit).toBe(1)
    expect(stderr).toMatch(/Error: /)
    expect(found(stdout + stderr, secret)).toEqual([])
  })

  test('that prints all it has prints no secret', async () => {
    const { stdout, stderr } = await node(`
      import { inspect } from 'node:util'
      inspect.defaultOptions = { depth: Infinity, showHidden: true, getters: true, maxArrayLength: null }
      const api = createMockApi(keys())
      const server = await startServer(api)
      const client = createClient({ ...keys(), baseUrl: server.url })
      const answer = await client.sendGroupStatusMessage(fields)
      const wrong = await client.safe.sendGroupStatusMessage({ ...fields, toGroupId: [] })
      console.log(client, createSigner(keys()), createSigner(keys())(), api, server, answer, wrong, createLimiter({ limit: 1, period: 1 }))
      console.error('%o', client)
      await server.close()
      process.report.excludeEnv = true
      console.log(JSON.stringify({ ...process.report.getReport(), environmentVariables: undefined }))
    `)
    expect(stdout).toContain('messageUID')
    expect(stdout).toContain('javascriptStack')
    expect(found(stdout + stderr, secret)).toEqual([])
  })

  test('holds the secret while a client lives, and nowhere once it is gone: errors, reports and records are clean', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'heap-'))
    const { code, stderr } = await node(
      `
      import { writeHeapSnapshot } from 'node:v8'
      const kept = []
      const onAttempt = (report) => kept.push(report)
      const secret = () => canary().slice(0, 3) + canary().slice(3)
      async function live() {
        const api = createMockApi({ appKey: 'an-app-key', appSecret: secret() })
        const server = await startServer(api)
        const own = { appKey: 'an-app-key', appSecret: secret(), onAttempt }
        const client = createClient({ ...own, baseUrl: server.url })
        const refused = createClient({ ...own, appSecret: 'another', baseUrl: 'http://x', fetch: api.fetch })
        const slow = createClient({ ...own, baseUrl: 'http://x', timeout: 5, fetch: (_, { signal }) => new Promise((_, fail) => signal.addEventListener('abort', () => fail(signal.reason))) })
        const echo = createClient({ ...own, baseUrl: 'http://x', fetch: answers(400, secret()) })
        const lost = createClient({ ...own, baseUrl: 'http://127.0.0.1:1' })
        const { signal } = AbortSignal.abort()
        for (const one of [client, refused, slow, echo, lost]) kept.push(await one.safe.sendGroupStatusMessage(fields))
        kept.push(await client.safe.sendGroupStatusMessage({ ...fields, content: 'x' + secret() }))
        kept.push(await client.safe.sendGroupStatusMessage({ ...fields, toGroupId: [] }))
        await fetch(server.url + '/' + secret(), { method: 'POST', headers: { 'App-Key': secret() } })
        kept.push([...api.calls], [...api.violations])
        try { api.verify() } catch (error) { kept.push(error) }
        try { createClient({ ...own, region: secret() }) } catch (error) { kept.push(error) }
        await server.close()
        return [client, api]
      }
      const settle = async () => {
        for (let i = 0; i < 5; i++) {
          await new Promise((done) => setTimeout(done, 50))
          gc()
        }
      }
      globalThis.alive = await live()
      await settle()
      writeHeapSnapshot('${folder}/alive.json')
      globalThis.alive = undefined
      await settle()
      writeHeapSnapshot('${folder}/gone.json')
      if (kept.length < 15) throw new Error('only ' + kept.length)
    `,
      '--expose-gc',
    )
    expect([code, stderr]).toEqual([0, ''])
    const [alive, gone] = await Promise.all(
      ['alive', 'gone'].map((name) => readFile(join(folder, `${name}.json`), 'utf8')),
    )
    await rm(folder, { recursive: true, force: true })
    expect(found(alive ?? '', secret)).toContain('plain')
    expect(gone).toContain('RongCloudError')
    expect(found(gone ?? '', secret)).toEqual([])
  })
})
