/** The limiter on Redis without a Redis: options, error messages, and what it does while Redis is down. */
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { createClient, type RongCloudError } from '../../../src/index.js'
import { createRedisLimiter, type RedisLimiterOptions } from '../../../src/redis.js'

const OK = ['ok', 0, 1, 1]
const limiterOf = (evaluate: RedisLimiterOptions['evaluate'], options: Partial<RedisLimiterOptions> = {}) =>
  createRedisLimiter({ evaluate, appKey: 'k', ...options })
const errorOf = (work: unknown): Promise<RongCloudError> =>
  Promise.resolve(work).then(
    () => {
      throw new Error('did not fail')
    },
    (error) => error,
  )
const raise = (error: unknown) => () => Promise.reject(error)

afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
})

describe('options', () => {
  const evaluate = async () => OK
  test.each([
    [{ evaluate: undefined }, '"evaluate" must be a function. Received undefined'],
    [{ appKey: '' }, '"appKey" must be a string that is not empty. Received string'],
    [{ prefix: 1 }, '"prefix" must be a string. Received number'],
    [{ onChange: 'x' }, '"onChange" must be a function. Received string'],
    [{ whenDown: { share: 0.1 } }, '"whenDown" must be "fail" or { share } from 0.15 to 1. Received {"share":0.1}'],
    [{ whenDown: { share: 2 } }, '"whenDown" must be "fail" or { share } from 0.15 to 1. Received {"share":2}'],
    [{ whenDown: null }, '"whenDown" must be "fail" or { share } from 0.15 to 1. Received null'],
    [{ timeout: 0 }, '"timeout" must be milliseconds, more than 0. Received 0'],
    [{ timeout: '50' }, '"timeout" must be milliseconds, more than 0. Received 50'],
    [{ limit: -1 }, '"limit" must be a whole number above 0. Received -1'],
    [{ limit: 2.5 }, '"limit" must be a whole number above 0. Received 2.5'],
    [{ period: 0 }, '"period" must be milliseconds, a number above 0. Received 0'],
  ])('refuses %j', (options, message) => {
    expect(() => limiterOf(evaluate, options as never)).toThrow(new TypeError(message))
  })

  test('make no random number, clock or timer before the first call: a Worker has none at module scope', async () => {
    const forbidden = () => {
      throw new Error('not at module scope')
    }
    const spies = [
      vi.spyOn(crypto, 'randomUUID').mockImplementation(forbidden),
      vi.spyOn(performance, 'now').mockImplementation(forbidden),
      vi.spyOn(Date, 'now').mockImplementation(forbidden),
      vi.spyOn(globalThis, 'setTimeout').mockImplementation(forbidden as never),
    ]
    const limiter = limiterOf(async () => OK, { whenDown: { share: 0.5 } })
    for (const spy of spies) spy.mockRestore()
    await limiter.acquire(1)
  })
})

class ReplyError extends Error {
  override readonly name = 'ReplyError'
}
class SimpleError extends Error {}
const system = (message: string, code: string) => Object.assign(new Error(message), { code, syscall: 'connect' })

describe('an error message', () => {
  test.each([
    ['NOPERM', new ReplyError("NOPERM User limited has no permissions to run the 'eval' command"), false],
    ['NOAUTH', new ReplyError('NOAUTH Authentication required.'), false],
    ['NOSCRIPT', new SimpleError('NOSCRIPT No matching script. Please use EVAL.'), false],
    ['WRONGTYPE', new SimpleError('WRONGTYPE Operation against a key holding the wrong kind of value'), false],
    ['CROSSSLOT', new Error("CROSSSLOT Keys in request don't hash to the same slot"), false],
    ['a script that fails', new Error('ERR Error running script (call to f_1): @user_script:1: x'), false],
    ['words of a proxy', new ReplyError('quota exceeded'), false],
    ['Upstash', new Error('Command failed: WRONGTYPE Operation against a key'), false],
    ['READONLY', new ReplyError("READONLY You can't write against a read only replica."), true],
    ['OOM', new ReplyError("OOM command not allowed when used memory > 'maxmemory'."), true],
    ['LOADING', new SimpleError('LOADING Redis is loading the dataset in memory'), true],
    ['BUSY', new Error('BUSY Redis is busy running a script. You can only call SCRIPT KILL.'), true],
    ['CLUSTERDOWN', new Error('CLUSTERDOWN The cluster is down'), true],
  ])('Redis answered: %s', async (_name, cause, retryable) => {
    const changes: unknown[] = []
    const onChange = (...change: unknown[]) => changes.push(change)
    const error = await errorOf(limiterOf(raise(cause), { onChange }).acquire(1))
    expect(error).toMatchObject({ kind: 'limiter', retryable, attempts: 0, cause })
    expect(error.message).toBe(`rate limit: Redis refused: ${cause.message}`)
    expect(changes).toEqual([['down', error]])
  })

  test.each([
    ['ECONNREFUSED', system('connect ECONNREFUSED 127.0.0.1:6379', 'ECONNREFUSED')],
    ['an unknown name', system('getaddrinfo ENOTFOUND redis', 'ENOTFOUND')],
    ['a closed connection', new Error('Connection is closed.')],
    ['a client that is offline', new Error('The client is offline')],
    ['a name in capitals', new Error('DNS lookup failed')],
    ['undefined', undefined],
  ])('Redis did not answer: %s', async (_name, cause) => {
    const error = await errorOf(limiterOf(raise(cause)).acquire(1))
    expect(error).toMatchObject({ kind: 'limiter', retryable: true, attempts: 0 })
    expect(error.message).toBe(`rate limit: Redis cannot be reached: ${cause?.message ?? 'undefined'}`)
  })

  test('Redis did not answer in time', async () => {
    const error = await errorOf(limiterOf(() => new Promise(() => {}), { timeout: 20 }).acquire(1))
    expect(error).toMatchObject({ kind: 'limiter', retryable: true })
    expect(error.message).toBe('rate limit: Redis gave no answer within 20 ms')
  })

  test.each([[undefined], [null], ['OK'], [[]], [['ok', 'soon']], [['ok', Infinity]], [['perhaps', 0]]])(
    'the answer of another script: %j',
    async (answer) => {
      const error = await errorOf(limiterOf(async () => answer).acquire(1))
      expect(error).toMatchObject({ kind: 'limiter', retryable: false })
      expect(error.message).toBe('rate limit: "evaluate" must resolve with the result of the script')
    },
  )

  test('no promise, as a function without a `return` gives none', async () => {
    const error = await errorOf(limiterOf((() => {}) as never).acquire(1))
    expect(error).toMatchObject({ kind: 'limiter', retryable: false })
    expect(error.message).toBe('rate limit: "evaluate" must resolve with the result of the script')
  })

  test('numbers as text, as some connections give them, are numbers', async () => {
    await expect(limiterOf(async () => ['ok', '0', '1', '1']).acquire(1)).resolves.toBeUndefined()
  })

  test('is the error of a call of the client, with nothing sent', async () => {
    const limiter = limiterOf(raise(new ReplyError('READONLY x')))
    const fetch = vi.fn()
    const client = createClient({ appKey: 'k', appSecret: 's', baseUrl: 'http://x', limiter, fetch })
    const call = { fromUserId: '1', toGroupId: ['1'], objectName: 'app:x', content: 'x' } as const
    const { error } = await client.safe.sendGroupStatusMessage(call)
    expect(error).toMatchObject({ kind: 'limiter', attempts: 0, retryable: true })
    expect(error?.message).toBe('sendGroupStatusMessage: rate limit: Redis refused: READONLY x')
    expect(fetch).not.toHaveBeenCalled()
  })
})

test.each([
  [
    'throws',
    () => {
      throw new Error('in the hook')
    },
  ],
  ['rejects', async () => Promise.reject(new Error('in the hook'))],
])('an onChange that %s neither hides an error nor ends the process', async (_how, onChange) => {
  const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
  const error = await errorOf(limiterOf(raise(new ReplyError('OOM x')), { onChange }).acquire(1))
  expect(error.message).toBe('rate limit: Redis refused: OOM x')
  await vi.waitFor(() => expect(printed).toHaveBeenCalledTimes(1))
  expect(printed).toHaveBeenCalledWith('"onChange" failed:', new Error('in the hook'))
})

test('a longest wait of 0 means now or never', async () => {
  let wait = 0
  const longest: unknown[] = []
  const limiter = limiterOf(async (_script, _keys, args) => {
    longest.push(args[7])
    return [wait > 0 ? 'late' : 'ok', wait, 1, 1]
  })
  await limiter.acquire(1, { maxWait: 0 })
  wait = 5
  await new Promise((done) => setTimeout(done, 100))
  expect(await errorOf(limiter.acquire(1, { maxWait: 0 }))).toMatchObject({ kind: 'rate-limit', wait: 5 })
  expect(longest[0]).toBe('0')
})

describe('a clock that went back', () => {
  beforeEach(() => vi.useFakeTimers())
  const isReplaced = () => {
    vi.useRealTimers()
    vi.useFakeTimers()
  }

  test.each([
    ['fails at once, Redis is tried again at once', undefined],
    ['counts with a share, Redis is tried again at once', { share: 0.25 }],
  ])('a limiter that %s', async (_what, whenDown) => {
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    let isDown = true
    let commands = 0
    const evaluate = async () => {
      commands++
      if (isDown) throw new ReplyError('READONLY x')
      return OK
    }
    const limiter = limiterOf(evaluate, whenDown && { whenDown })
    void errorOf(limiter.acquire(1, { maxWait: 10 }))
    await vi.advanceTimersByTimeAsync(10)
    isReplaced()
    isDown = false
    const before = commands
    void Promise.resolve(limiter.acquire(1)).catch(() => {})
    await vi.advanceTimersByTimeAsync(10)
    expect(commands).toBeGreaterThan(before)
  })

  test('the pause after Redis came back is not longer than a window', async () => {
    await vi.advanceTimersByTimeAsync(10 * 60_000)
    let isDown = true
    const pauses: number[] = []
    const evaluate = async (_script: string, _keys: string[], args: string[]) => {
      if (isDown) throw new ReplyError('READONLY x')
      pauses.push(Number(args[8]))
      return OK
    }
    const limiter = limiterOf(evaluate, { whenDown: { share: 0.25 } })
    const first = Promise.resolve(limiter.acquire(1))
    await vi.advanceTimersByTimeAsync(100)
    isDown = false
    await vi.advanceTimersByTimeAsync(3_000)
    await first
    expect(Math.max(...pauses)).toBeGreaterThan(0)
    pauses.length = 0
    isReplaced()
    const second = Promise.resolve(limiter.acquire(1))
    await vi.advanceTimersByTimeAsync(10)
    await second
    expect(pauses).toEqual([0])
  })
})

describe('while Redis is down', () => {
  beforeEach(() => vi.useFakeTimers())

  test('one call in a quarter of a second tries Redis, and the others fail at once with the same error', async () => {
    let isDown = true
    const commands: string[] = []
    const states: string[] = []
    const limiter = limiterOf(
      async (_script, _keys, [command = '']) => {
        commands.push(command)
        if (isDown) throw new ReplyError('READONLY x')
        return OK
      },
      { onChange: (state) => states.push(state) },
    )
    const messages = new Set<string>()
    for (let i = 0; i < 100; i++) {
      messages.add((await errorOf(limiter.acquire(1))).message)
      await vi.advanceTimersByTimeAsync(10)
    }
    expect([...messages]).toEqual(['rate limit: Redis refused: READONLY x'])
    expect(commands.filter((command) => command === 'take').length).toBeLessThanOrEqual(5)
    isDown = false
    await vi.advanceTimersByTimeAsync(250)
    await limiter.acquire(1)
    expect(states).toEqual(['down', 'up'])
  })

  test('calls continue with the share, and Redis counts as back only when it can run the commands of a call', async () => {
    const states: string[] = []
    let isReadOnly = false
    const limiter = limiterOf(
      async () => {
        if (isReadOnly) throw new ReplyError('READONLY x')
        return OK
      },
      { whenDown: { share: 0.25 }, onChange: (state) => states.push(state) },
    )
    await limiter.acquire(1)
    isReadOnly = true
    let went = 0
    const saturate = async () => {
      while (isReadOnly) {
        await limiter.acquire(1)
        went++
      }
    }
    const ends = [saturate(), saturate()]
    await vi.advanceTimersByTimeAsync(20_000)
    // Five a second, after a pause of a window.
    expect(went).toBeGreaterThanOrEqual(85)
    expect(went).toBeLessThanOrEqual(100)
    expect(states).toEqual(['down'])
    isReadOnly = false
    await vi.advanceTimersByTimeAsync(2_000)
    await Promise.all(ends)
    expect(states).toEqual(['down', 'up'])
  })

  test('a burst waits in memory, so that Redis gets no more commands than the limit', async () => {
    let takes = 0
    const limiter = limiterOf(async (_script, _keys, [command]) => {
      if (command === 'take') takes++
      return OK
    })
    const ends = Array.from({ length: 200 }, () => Promise.resolve(limiter.acquire(1)))
    await vi.advanceTimersByTimeAsync(1_000)
    expect(takes).toBeLessThanOrEqual(21)
    await vi.advanceTimersByTimeAsync(11_000)
    await Promise.all(ends)
    expect(takes).toBe(200)
  })

  test('a call that fails gives up its place', async () => {
    const commands: string[][] = []
    const limiter = limiterOf(async (_script, _keys, [command = '', id = '']) => {
      commands.push([command, id])
      if (command === 'take') return new Promise(() => {})
      return OK
    })
    const error = errorOf(limiter.acquire(1))
    await vi.advanceTimersByTimeAsync(500)
    expect((await error).message).toBe('rate limit: Redis gave no answer within 500 ms')
    expect(commands.map(([command]) => command)).toEqual(['take', 'leave'])
    expect(commands[0]?.[1]).toBe(commands[1]?.[1])
  })

  test.each([
    ['at once', [['late', 9_000, 1, 1]], ['take']],
    [
      'after a wait',
      [
        ['ok', 5, 1, 1],
        ['late', 9_000, 1, 1],
      ],
      ['take', 'go'],
    ],
  ])('a call that is refused %s has no place, and gives none up', async (_when, answers, expected) => {
    const commands: (string | undefined)[] = []
    const limiter = limiterOf(async (_script, _keys, [command]) => answers[commands.push(command) - 1])
    const error = errorOf(limiter.acquire(1, { maxWait: 100 }))
    await vi.advanceTimersByTimeAsync(5)
    expect(await error).toMatchObject({ kind: 'rate-limit', wait: 9_000 })
    expect(commands).toEqual(expected)
  })
})
