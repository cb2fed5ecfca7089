/** The client with thousands of calls in line: first come, first served; nothing left behind; what it costs to leave. */
import { createClient, createLimiter } from '../../dist/src/index.js'
import { FIELDS, heap, KEYS, median, report } from './report.js'

const answer = async () => new Response('{"code":200}')
const fieldsOf = (i) => ({ ...FIELDS, fromUserId: String(i), toGroupId: ['1'] })

/** All calls go at a raised limit. */
export async function queue(calls) {
  const order = []
  const fetch = async (_, { body }) => {
    order.push(Number(/fromUserId=(\d+)/.exec(body)[1]))
    return answer()
  }
  const limiter = createLimiter({ limit: 2_000, period: 1_000 })
  const client = createClient({ ...KEYS, baseUrl: 'http://x', fetch, limiter, deadline: 120_000 })
  for (let i = 0; i < 100; i++) await client.sendGroupStatusMessage(fieldsOf(i))
  order.length = 0
  const before = heap()
  const start = performance.now()
  let line = Array.from({ length: calls }, (_, i) => client.safe.sendGroupStatusMessage(fieldsOf(i)))
  await new Promise(setImmediate)
  const inLine = heap()
  const failed = (await Promise.all(line)).filter(({ error }) => error).length
  const seconds = (performance.now() - start) / 1_000
  line = undefined
  await new Promise((done) => setTimeout(done, 1_100))
  const after = heap()
  const isFair = order.length === calls && order.every((one, i) => one === i)
  const rate = Math.round(calls / seconds)
  report(`queue of ${calls}`, `${seconds.toFixed(1)} s, ${rate} a second where 2000 are allowed`, rate >= 1_800)
  report('queue: calls that failed', failed, failed === 0)
  report('queue: sent in the order of the calls', isFair, isFair)
  report('queue: a call in line holds', `${(((inLine - before) * 1e3) / calls).toFixed(1)} kB`)
  report('queue: heap', `${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after`, after - before < 3)
}

/** Milliseconds to abort calls of a line of so many: one, in the middle; all, from the front; all by one signal. */
async function cancelled(length) {
  const lineOf = (signalOf) => {
    const limiter = createLimiter({ limit: 20, period: 60_000 })
    limiter.acquire(20)
    const client = createClient({ ...KEYS, baseUrl: 'http://x', fetch: answer, limiter, deadline: 2 ** 31 - 1 })
    return Array.from({ length }, (_, i) => client.safe.sendGroupStatusMessage(fieldsOf(i), { signal: signalOf(i) }))
  }
  const timed = (work) => {
    const start = performance.now()
    work()
    return performance.now() - start
  }
  const own = Array.from({ length }, () => new AbortController())
  const line = lineOf((i) => own[i].signal)
  await new Promise(setImmediate)
  const some = own.slice(length / 2, length / 2 + 200)
  const one = median(some.map((controller) => timed(() => controller.abort())))
  const rest = timed(() => {
    for (const controller of own) controller.abort()
  })
  const shared = new AbortController()
  const others = lineOf(() => shared.signal)
  await new Promise(setImmediate)
  const together = timed(() => shared.abort())
  const ends = await Promise.all([...line, ...others])
  return { one, rest, together, aborted: ends.filter(({ error }) => error?.kind === 'aborted').length === 2 * length }
}

export async function cancel() {
  await cancelled(1_000)
  await new Promise((done) => setTimeout(done, 500))
  const before = heap()
  const [short, long] = [await cancelled(1_000), await cancelled(10_000)]
  for (const [name, { one, rest, together, aborted }] of Object.entries({ 1000: short, 10000: long })) {
    const micros = `one in ${(one * 1e3).toFixed(1)} µs, all in ${rest.toFixed(1)} ms, all by one signal in ${together.toFixed(1)} ms`
    report(`abort in a line of ${name}`, micros, aborted)
  }
  const ratio = long.one / short.one
  await new Promise((done) => setTimeout(done, 500))
  const after = heap()
  report('abort: heap', `${before.toFixed(1)} MB before, ${after.toFixed(1)} MB after`, after - before < 3)
  report('abort: one of 10000 takes so many times one of 1000', ratio.toFixed(2), ratio < 4)
}
