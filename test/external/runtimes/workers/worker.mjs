/**
 * A Worker as the docs write it: clients are made once, at module scope, and shared by all requests. Each path is
 * one thing that a request of a Worker can do with them.
 */
import { createClient, createLimiter } from '../../../../dist/src/index.js'
import { createRedisLimiter } from '../../../../dist/src/redis.js'

const KEYS = { appKey: 'workers-app-key', appSecret: 'workers-app-secret' }
const FIELDS = { fromUserId: 'ann', objectName: 'app:note', content: 'hello' }
const LIMIT = { limit: 20, period: 1_000 }
const REGION = { ...KEYS, region: 'singapore' }

/**
 * As on Cloudflare itself, and not in workerd, time stands still while code runs: it moves on with a request, a timer or
 * an answer. So a busy machine does not come between the limiter's look at the clock and that of the signature.
 */
let time = 0
const realTime = Date.now
const tick = () => {
  time = realTime()
}
Date.now = () => time
performance.now = () => time

const { setTimeout: realSetTimeout, fetch: realFetch } = globalThis
globalThis.setTimeout = (callback, milliseconds, ...args) => {
  const run = () => {
    tick()
    callback(...args)
  }
  return realSetTimeout(run, milliseconds)
}
globalThis.fetch = async (...args) => {
  try {
    return await realFetch(...args)
  } finally {
    tick()
  }
}

/** Redis, as a Worker reaches it: over HTTP. The test's server answers the calls to this host, or does not. */
async function overHttp(_script, keys, args) {
  const response = await fetch('http://redis.test/eval', { method: 'POST', body: JSON.stringify({ keys, args }) })
  const { error, result } = await response.json()
  if (error) throw new Error(error)
  return result
}

/** What is made at module scope, by name: as a value, or as what was thrown. */
const made = new Map(
  Object.entries({
    memory: () => createClient(REGION),
    'own limiter': () => createClient({ ...REGION, limiter: createLimiter(LIMIT) }),
    'redis alone': () =>
      createClient({ ...REGION, limiter: createRedisLimiter({ appKey: KEYS.appKey, evaluate: overHttp }) }),
    'redis and share': () => {
      const options = { appKey: KEYS.appKey, evaluate: overHttp, timeout: 300, whenDown: { share: 1 } }
      return createClient({ ...REGION, limiter: createRedisLimiter(options) })
    },
  }).map(([name, make]) => {
    try {
      return [name, { client: make() }]
    } catch (error) {
      return [name, { error: String(error) }]
    }
  }),
)

/** Sets both clocks forward or back, as fake timers do: by other functions in their place. */
function skip(milliseconds) {
  for (const clock of [performance, Date]) {
    const { now } = clock
    clock.now = () => now() + milliseconds
  }
}

/** `?client=memory&groups=1`, and options of the call in milliseconds. */
function send({ searchParams }) {
  const { client: name, groups = '1', ...options } = Object.fromEntries(searchParams)
  const { client, error } = made.get(name)
  if (error) throw new Error(error)
  const toGroupId = ['north', 'south', 'east'].slice(0, Number(groups))
  const call = Object.fromEntries(Object.entries(options).map(([key, value]) => [key, Number(value)]))
  return client.safe.sendGroupStatusMessage({ ...FIELDS, toGroupId }, call)
}

const paths = {
  '/made': () => Object.fromEntries([...made].map(([name, { error }]) => [name, error ?? 'made'])),
  '/skip': ({ searchParams }) => {
    skip(Number(searchParams.get('milliseconds')))
    return { now: Date.now() }
  },
  '/send': async (url) => {
    const { data, error } = await send(url)
    if (!error) return { groups: data.messageUIDs.length }
    return { kind: error.kind, processed: error.processed, message: error.message }
  },
  /** Answers at once; what becomes of the call is nobody's business, and `waitUntil` is not called. */
  '/forget': (url) => {
    send(url)
    return { forgotten: true }
  },
}

export default {
  async fetch(request) {
    tick()
    const url = new URL(request.url)
    return Response.json(await paths[url.pathname](url))
  },
}
