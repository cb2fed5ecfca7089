/** The README's first example, as it stands there, on the runtimes that it names. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { firstExample } from '../../support/code-blocks.js'
import { installed, type Stranger, shell } from '../../support/packed-install.js'
import { TOOLS } from './tools.js'

const KEYS = { RONGCLOUD_APP_KEY: 'readme-key', RONGCLOUD_APP_SECRET: 'readme-secret', RONGCLOUD_REGION: 'singapore' }

let project: Stranger
beforeAll(async () => {
  project = await installed()
  await writeFile(join(project.folder, 'example.mjs'), firstExample())
  // The vendor's host, answered by the mock.
  await writeFile(
    join(project.folder, 'run.mjs'),
    `import { createMockApi } from 'rongcloud-status-message/testing'
     const api = createMockApi({ appKey: 'readme-key', appSecret: 'readme-secret' })
     globalThis.fetch = (input, init) => {
       if (!String(input).startsWith('https://api.sg-light-api.com/')) throw new Error('another host: ' + input)
       return api.fetch(input, init)
     }
     await import('./example.mjs')
     api.verify()
     console.log(api.calls.length, api.calls[0].operation)`,
  )
})
afterAll(() => project.remove())

test.each([
  ['Node', process.execPath, ['run.mjs']],
  ['Bun', TOOLS.path('bun'), ['run.mjs']],
  ['Deno', TOOLS.path('deno'), ['run', '--allow-env', '--no-remote', '--node-modules-dir=manual', 'run.mjs']],
])('runs on %s', async (_name, program, args) => {
  const printed = await shell(program, args, project.folder, KEYS)
  expect(printed).toMatch(/groupId: "?'?2193/)
  expect(printed).toContain('1 sendGroupStatusMessage')
})
