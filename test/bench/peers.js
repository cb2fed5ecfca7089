/** Other clients of the same operation, signing where each has a hook for it: no time limit, no request id, no limiter. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { build } from 'esbuild'

const ENTRY = `
export { sendGroupStatusMessage as orval } from './orval.js'
export { setSend } from './mutator.js'
export { sendGroupStatusMessage as heyApi } from './hey-api/sdk.gen.js'
export { client as heyApiClient } from './hey-api/client.gen.js'
`

/** The generated clients as one module. The generators run in a process of their own: they leave a large heap. */
async function generated() {
  const folder = await mkdtemp(join(tmpdir(), 'bench-'))
  try {
    await promisify(execFile)(process.execPath, [new URL('./generate-peers.js', import.meta.url).pathname, folder])
    const outfile = join(folder, 'peers.mjs')
    const stdin = { contents: ENTRY, resolveDir: folder, loader: 'ts' }
    await build({ stdin, outfile, bundle: true, format: 'esm', platform: 'node', target: 'node20', logLevel: 'error' })
    return await import(pathToFileURL(outfile).href)
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/**
 * @param sign makes the headers of one call
 * @returns one function for each client, which sends the fields once
 */
export async function createPeers({ baseUrl, keys, fields, sign }) {
  if (!existsSync(new URL('./node_modules', import.meta.url))) {
    throw new Error('the clients to compare with are missing: npm ci --prefix test/bench')
  }
  const { orval, setSend, heyApi, heyApiClient } = await generated()

  setSend(async (url, init) => {
    const response = await fetch(baseUrl + url, { ...init, headers: { ...init.headers, ...sign() } })
    return { data: await response.json(), status: response.status, headers: response.headers }
  })

  heyApiClient.setConfig({ baseUrl })
  heyApiClient.interceptors.request.use((request) => {
    for (const [name, value] of Object.entries(sign())) request.headers.set(name, value)
    return request
  })

  const sdk = createRequire(import.meta.url)('rongcloud-sdk')
  const { Message } = sdk({ appkey: keys.appKey, secret: keys.appSecret, api: baseUrl })
  const { fromUserId, toGroupId, ...message } = fields

  return {
    orval: async () => (await orval(fields)).data,
    heyApi: async () => (await heyApi({ body: fields, throwOnError: true })).data,
    // It has no method for status messages; that of group messages sends the same fields.
    rongcloudSdk: () => Message.Group.send({ ...message, senderId: fromUserId, targetId: toGroupId }),
  }
}
