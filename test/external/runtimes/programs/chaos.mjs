/**
 * Calls to hosts that fail at random, on any runtime; prints what the callers were told, by the content of the message. The
 * settings are JSON in the variable CHAOS: `module`, `urls`, `calls`.
 */
const { module, urls, calls } = JSON.parse(process.env.CHAOS)
const { createClient } = await import(module)

/** Calls under way at once. */
const AT_ONCE = 32
/** Part of the calls that are aborted. */
const ABORTED = 0.15

const [first, second, closed] = urls
const clients = [[first, second], [second, first], [closed, first, second], first].map((baseUrl) =>
  createClient({ appKey: 'k', appSecret: 's', baseUrl, limiter: false, timeout: 1_000, deadline: 6_000 }),
)
const told = {}

async function call(i) {
  const content = `message ${i}`
  const controller = new AbortController()
  const timer = Math.random() < ABORTED ? setTimeout(() => controller.abort(), Math.random() * 40) : undefined
  const fields = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content }
  const { error } = await clients[i % clients.length].safe.sendGroupStatusMessage(fields, { signal: controller.signal })
  clearTimeout(timer)
  told[content] = error ? `${error.kind} ${error.processed}` : 'ok'
}

let next = 0
const worker = async () => {
  while (next < calls) await call(next++)
}
await Promise.all(Array.from({ length: AT_ONCE }, worker))
console.log(JSON.stringify(told))
process.exit(0)
