/** Shell samples of the docs, run by a shell; and the sitemap, parsed by Python. Needs bash, curl, openssl, python3. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { startServer } from '../../../src/server.js'
import { createMockApi } from '../../../src/testing.js'
import { machineFiles } from '../../../src/tooling/docs/machine-files.js'
import { endpointPart } from '../../../src/tooling/docs/render/endpoint.js'
import { docsSite, textAt } from '../../support/docs-site.js'
import { parseHtml, select, textOf } from '../../support/html.js'
import { shell } from '../../support/packed-install.js'
import { curlSample, draftWith, NASTY, programSamples } from '../../support/playground.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'docs-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

test('the command beneath the worked example prints its signature', async () => {
  const page = parseHtml(endpointPart(await docsSite()))
  const [command] = select(page, 'pre').filter(
    ({ attributes }) => attributes['aria-label'] === 'A command that checks the signature',
  )
  const printed = await shell('bash', ['-c', command ? textOf(command) : 'false'], folder)
  expect(printed).toContain('30be0bbca9c9b2e27578701e9fda2358a814c88f')
})

/** Runs a program against the mock. @returns the one call that the mock received */
async function callOf(script: string, [program, ...args]: readonly [string, ...string[]] = ['bash', '-eu', 'call.sh']) {
  const keys = { appKey: 'k', appSecret: 's' }
  const api = createMockApi(keys)
  const server = await startServer(api)
  try {
    await writeFile(join(folder, args.at(-1) ?? ''), script)
    await shell(program, args, folder, {
      RONGCLOUD_BASE_URL: server.url,
      RONGCLOUD_APP_KEY: keys.appKey,
      RONGCLOUD_APP_SECRET: keys.appSecret,
    })
  } finally {
    await server.close()
  }
  api.verify()
  expect(api.calls).toHaveLength(1)
  return api.calls[0]
}

test('curl samples of the playground run as printed, for any message', async () => {
  expect((await callOf(curlSample(draftWith())))?.body).toEqual({
    fromUserId: '2191',
    toGroupId: ['2193', '2192'],
    objectName: 'RC:TxtMsg',
    content: NASTY,
    isIncludeSender: 0,
  })
})

test('curl samples of the playground run with the longest message', async () => {
  const long = { objectName: ['app:long'], content: ['群'.repeat(43_690)] }
  expect((await callOf(curlSample(draftWith(long))))?.body).toMatchObject({
    toGroupId: ['2193', '2192'],
    content: '群'.repeat(43_690),
  })
})

test.each([
  { label: 'Python', command: ['python3', 'call.py'] },
  { label: 'Go', command: ['go', 'run', 'call.go'] },
  { label: 'PHP', command: ['php', '-n', 'call.php'] },
  { label: 'Java', command: ['java', 'call.java'] },
] as const)('$label samples of the playground run as printed, for any message', async ({ label, command }) => {
  const draft = draftWith({ toGroupId: ['2193', 'it\'s "2192" \\ $x'] }, { 'X-Request-ID': 'mine-"1"' })
  const call = await callOf(programSamples(draft)[label] ?? '', command)
  expect(call?.headers['x-request-id']).toBe('mine-"1"')
  expect(call?.body).toEqual({
    fromUserId: '2191',
    toGroupId: ['2193', 'it\'s "2192" \\ $x'],
    objectName: 'RC:TxtMsg',
    content: NASTY,
    isIncludeSender: 0,
  })
})

test('the sitemap is well-formed XML for Python', async () => {
  const files = await machineFiles(await docsSite({ url: 'https://example.org/a&b/' }))
  await writeFile(join(folder, 'sitemap.xml'), textAt(files, 'sitemap.xml'))
  const script =
    'import sys, xml.etree.ElementTree as e\nfor u in e.parse(sys.argv[1]).getroot(): print(u.tag, u[0].text)'
  const printed = await shell('python3', ['-c', script, 'sitemap.xml'], folder)
  expect(printed.trim().split('\n')).toContain(
    '{http://www.sitemaps.org/schemas/sitemap/0.9}url https://example.org/a&b/reference/',
  )
})
