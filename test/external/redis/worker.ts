/** One of several processes that share a limit: calls as fast as it may, and says when each call went. */
import { createRedisLimiter } from '../../../src/redis.js'
import { connect } from './connect.js'

const [library = '', port = '', seconds = ''] = process.argv.slice(2)
const { evaluate, close } = await connect(library, Number(port))
const limiter = createRedisLimiter({ evaluate, appKey: 'processes' })
const until = performance.now() + Number(seconds) * 1_000

async function saturate(): Promise<void> {
  while (performance.now() < until) {
    const cost = [1, 1, 2, 3][Math.floor(Math.random() * 4)] as number
    await limiter.acquire(cost)
    if (performance.now() < until) console.log(JSON.stringify({ at: performance.timeOrigin + performance.now(), cost }))
  }
}

await Promise.all([saturate(), saturate(), saturate()])
close()
