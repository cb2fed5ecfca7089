/** The rate limit on this side, by the runtime's own clock and timers. */
import { createLimiter } from 'rongcloud-status-message'
import { createRedisLimiter } from 'rongcloud-status-message/redis'
import { holds, same, thrown } from './expect.mjs'

const LIMIT = { limit: 10, period: 200 }
/** What is counted is a little less than a period: a busy machine tells a turn some milliseconds after it came. */
const COUNTED = 160

/** When each of the costs had its turn, in milliseconds. */
async function turns(limiter, costs) {
  const went = []
  await Promise.all(
    costs.map(async (cost) => {
      await limiter.acquire(cost)
      went.push({ at: performance.now(), cost })
    }),
  )
  return went
}

/** The most that any sliding window of that length holds. */
const most = (went) =>
  Math.max(
    ...went.map(({ at }) =>
      went.filter((one) => one.at >= at && one.at < at + COUNTED).reduce((sum, { cost }) => sum + cost, 0),
    ),
  )

export const cases = {
  'no sliding period holds more than the limit': async () => {
    const went = await turns(createLimiter(LIMIT), Array(40).fill(1))
    holds(most(went) <= LIMIT.limit, `at most ${LIMIT.limit}: ${most(went)}`)
    holds(went.at(-1).at - went[0].at >= 3 * LIMIT.period, 'forty take three periods')
  },
  'a call counts as many messages as it has groups': async () => {
    const went = await turns(createLimiter(LIMIT), Array(12).fill(3))
    holds(most(went) <= LIMIT.limit, `at most ${LIMIT.limit}: ${most(went)}`)
    same(went.length, 12)
  },
  'a turn that would come too late is refused at once': async () => {
    const limiter = createLimiter({ limit: 1, period: 60_000 })
    await limiter.acquire(1)
    const start = performance.now()
    const error = await thrown(() => limiter.acquire(1, { maxWait: 1_000 }))
    same([error.kind, error.processed], ['rate-limit', 'no'])
    holds(error.wait > 50_000 && performance.now() - start < 5_000, `told at once: ${error.wait}`)
  },
  'a call that is given up leaves the line': async () => {
    const limiter = createLimiter({ limit: 1, period: 1_000 })
    await limiter.acquire(1)
    const controller = new AbortController()
    const first = thrown(() => limiter.acquire(1, { signal: controller.signal }))
    const second = limiter.acquire(1)
    controller.abort()
    same((await first).name, 'AbortError')
    const start = performance.now()
    await second
    holds(performance.now() - start < 1_900, 'the next one takes its place')
  },
  'after a refusal by the server nobody goes for a while': async () => {
    const limiter = createLimiter(LIMIT)
    limiter.pauseFor(150)
    const start = performance.now()
    await limiter.acquire(1)
    holds(performance.now() - start >= 140, 'a pause')
  },
  'the one on Redis goes on in memory while Redis is away': async () => {
    const states = []
    const limiter = createRedisLimiter({
      ...LIMIT,
      appKey: 'matrix',
      evaluate: () => Promise.reject(new Error('no Redis')),
      whenDown: { share: 1 },
      onChange: (state) => states.push(state),
    })
    const went = await turns(limiter, Array(20).fill(1))
    same([went.length, states], [20, ['down']])
    holds(most(went) <= LIMIT.limit, `at most ${LIMIT.limit}: ${most(went)}`)
  },
}
