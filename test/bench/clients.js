/** The client beside `fetch` by hand, with the same duties, and beside other clients. */
import { hash, randomUUID } from 'node:crypto'
import { createClient } from '../../dist/src/index.js'
import { compare, timeCalls } from './measure.js'
import { createPeers } from './peers.js'
import { FIELDS, KEYS, PATH, serve, signed } from './world.js'

const MAX_BYTES = 2 ** 20
/** So long that no machine is so busy that a run ends by it. */
const TIMEOUT_MS = 600_000

/** The body of an answer as text, if it is not longer than an answer can be. */
async function boundedText(response) {
  const decoder = new TextDecoder()
  let text = ''
  let size = 0
  for await (const chunk of response.body) {
    size += chunk.length
    if (size > MAX_BYTES) throw new Error(`the answer is longer than ${MAX_BYTES} bytes`)
    text += decoder.decode(chunk, { stream: true })
  }
  return text + decoder.decode()
}

/** `name=value`, a list as its name repeated. */
function encode(fields) {
  const pairs = []
  for (const [name, value] of Object.entries(fields)) {
    for (const one of Array.isArray(value) ? value : [value]) pairs.push(`${name}=${encodeURIComponent(one)}`)
  }
  return pairs.join('&')
}

/** What a careful user writes without a client: all that a call owes, but no check, limiter, retry or backup. */
async function byHand(baseUrl, fields) {
  const nonce = randomUUID().slice(0, 18)
  const timestamp = String(Date.now())
  const response = await fetch(baseUrl + PATH, {
    method: 'POST',
    redirect: 'manual',
    signal: AbortSignal.timeout(TIMEOUT_MS),
    headers: {
      'content-type': 'application/x-www-form-urlencoded',
      'app-key': KEYS.appKey,
      nonce,
      timestamp,
      signature: hash('sha1', KEYS.appSecret + nonce + timestamp),
      'x-request-id': randomUUID(),
    },
    body: encode(fields),
  })
  const text = await boundedText(response)
  const data = JSON.parse(text)
  if (response.status !== 200 || data.code !== 200) throw new Error(`HTTP ${response.status}: ${text.slice(0, 200)}`)
  return data
}

/** All variants must do the work: each answer names both groups. */
async function checked(variants) {
  for (const [name, { run }] of Object.entries(variants)) {
    const { messageUIDs } = await run()
    if (messageUIDs?.length !== 2) throw new Error(`"${name}" gave no two messages`)
  }
  return variants
}

const large = (content) => ({ ...FIELDS, objectName: 'app:note', content })

export async function clients() {
  const { port, stop } = await serve('vendor')
  const baseUrl = `http://127.0.0.1:${port}`
  const options = {
    ...KEYS,
    baseUrl: [baseUrl, 'http://127.0.0.1:9'],
    limiter: false,
    timeout: TIMEOUT_MS,
    deadline: TIMEOUT_MS,
    onAttempt: () => {},
  }
  const client = createClient(options)
  const unchecked = createClient({ ...options, validate: false })
  // Turns of the others are shorter, since less depends on their figures.
  const calls = 100
  const peers = await createPeers({ baseUrl, keys: KEYS, fields: FIELDS, sign: signed })
  const fixed = { method: 'POST', headers: signed(), body: encode(FIELDS) }
  const variants = await checked({
    'fetch by hand, with the same duties': { run: () => byHand(baseUrl, FIELDS) },
    'this client': { run: () => client.sendGroupStatusMessage(FIELDS), aim: 1.2 },
    'this client, validate: false': { run: () => unchecked.sendGroupStatusMessage(FIELDS) },
    'bare fetch, nothing signed, limited or judged': {
      run: async () => (await fetch(baseUrl + PATH, fixed)).json(),
      calls,
    },
    'orval, signed in its mutator': { run: peers.orval, calls },
    'hey-api, signed in an interceptor': { run: peers.heyApi, calls },
    'rongcloud-sdk, one nonce for ever': { run: peers.rongcloudSdk, calls },
  })
  const measure = (atOnce) => (run, count) => timeCalls(run, count, atOnce)
  await compare('Client, one call after another', variants, { measure: measure(1), calls: 200 })
  await compare('Client, 32 calls at once', variants, { measure: measure(32), calls: 256 })
  for (const [name, content] of [
    ['ASCII', 'x'.repeat(131_072)],
    ['CJK', '中'.repeat(43_690)],
  ]) {
    const fields = large(content)
    const largeVariants = await checked({
      'fetch by hand, with the same duties': { run: () => byHand(baseUrl, fields) },
      'this client': { run: () => client.sendGroupStatusMessage(fields) },
    })
    await compare(`Client, 128 KiB of ${name}`, largeVariants, { measure: measure(1), calls: 20, pairs: 20 })
  }
  stop()
}
