/**
 * The limiter on one Redis or Valkey, and what it does while Redis is down. `redis-script.ts` has the rule.
 *
 * A call takes three steps:
 *
 * 1. It waits in memory, at the full limit. So a burst of one process does not flood Redis, and a long queue does not look
 *    like a slow Redis.
 * 2. It asks Redis for a place among the calls of all processes, and waits until the time of that place.
 * 3. After a wait it asks Redis again, and starts.
 *
 * @module
 */
import { type OperationId, operationIds, operations } from '../core/contract.js'
import { messageOf, RongCloudError } from '../core/error.js'
import { notify } from '../core/notify.js'
import { delay, withTimeout } from '../core/wait.js'
import { type AcquireOptions, checkCost, checkPause, type Limiter, type Rule, ruleOf, waitTooLong } from './limiter.js'
import { createLimiter } from './memory.js'
import { limitOf, type RedisLimiterOptions, type RedisSettings, redisSettingsOf, shareOf } from './redis-options.js'
import { SCRIPT } from './redis-script.js'

/** Time in which all processes that count in memory notice a new record on Redis, in milliseconds. */
const FINDING_MS = 4_000
/** Arguments of `ruleOf`. They are a little smaller than in memory, because asking Redis again also delays a call. */
const MARGIN = 0.03
const SHARE = 0.7
/** While Redis is down, it is probed this often, in milliseconds. */
const PROBE_MS = 250
/** What a process knows about the record is valid for this time, in milliseconds, because clocks drift. */
const KNOWN_MS = 60_000

type Command = 'take' | 'go' | 'probe' | 'pause' | 'leave'

interface ScriptAnswer {
  readonly state: 'ok' | 'late' | 'new'
  readonly wait: number
}

/** What the last answer said about the record: when it began, and the time on Redis between `sentAt` and `receivedAt` here. */
interface Known {
  readonly since: number
  readonly now: number
  readonly sentAt: number
  readonly receivedAt: number
}

const limiterError = (message: string, retryable: boolean, cause?: unknown): RongCloudError =>
  new RongCloudError(`rate limit: ${message}`, { kind: 'limiter', retryable }, cause)

/**
 * Milliseconds until a time; 0 if it has passed.
 *
 * @param longest most milliseconds that are possible. A later time comes from a different clock, such as that of fake timers, and counts as passed
 */
function left(time: number, longest = Number.POSITIVE_INFINITY): number {
  const milliseconds = time - performance.now()
  return milliseconds > longest + 1 ? 0 : Math.max(0, milliseconds)
}

/** Codes at the start of an error from Redis. Some client libraries put their own words before it. */
const ERROR_CODE =
  /(?:^|: )-?(ERR|NOPERM|NOAUTH|WRONGPASS|NOSCRIPT|WRONGTYPE|CROSSSLOT|MOVED|ASK|READONLY|OOM|LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS|EXECABORT) /
/** Codes of errors that go away by themselves. */
const TEMPORARY = /^(READONLY|OOM|LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS)$/
/** Names that client libraries give to error replies from Redis. */
const REPLY_NAME = /^(ReplyError|ErrorReply|SimpleError)$/

/** The error of kind `limiter` for any cause: Redis refused, or Redis cannot be reached. */
function explain(cause: unknown): RongCloudError {
  if (cause instanceof RongCloudError && cause.kind === 'limiter') return cause
  const message = messageOf(cause)
  const code = ERROR_CODE.exec(message)?.[1] ?? ''
  const isReply = cause instanceof Error && (REPLY_NAME.test(cause.name) || REPLY_NAME.test(cause.constructor.name))
  if (code !== '' || isReply) return limiterError(`Redis refused: ${message}`, TEMPORARY.test(code), cause)
  return limiterError(`Redis cannot be reached: ${message}`, true, cause)
}

/** The limit of one operation on Redis, and in memory while Redis is down. */
class RedisLimiter implements Limiter {
  readonly #settings: RedisSettings
  readonly #limit: number
  readonly #rule: Rule
  readonly #key: string
  /** Holds this process alone to the full limit. */
  readonly #memory: Limiter
  /** Replaces Redis while Redis is down. */
  readonly #share: Limiter | undefined
  #id: string | undefined
  #calls = 0
  #known: Known | undefined
  /** Why Redis is down. */
  #cause: RongCloudError | undefined
  #nextProbe = Number.NEGATIVE_INFINITY
  #notBefore = Number.NEGATIVE_INFINITY
  /** Ends the waits in memory when Redis is back. */
  #recovery: AbortController | undefined

  constructor(settings: RedisSettings, operation: OperationId) {
    const numbers = limitOf(settings, operation)
    const { prefix, appKey, whenDown } = settings
    this.#settings = settings
    this.#limit = numbers.limit
    this.#rule = ruleOf(numbers, MARGIN, SHARE)
    this.#key = `${prefix}:{${appKey}}:${operation}`
    this.#memory = createLimiter(numbers)
    this.#share = shareOf(whenDown, numbers, operation)
  }

  /** An id for one call. The random part is made at the first call, because a Worker has no random numbers before that. */
  #newId(): string {
    this.#id ??= crypto.randomUUID()
    return `${this.#id}.${this.#calls++}`
  }

  /** What this process knows about the record: the last four arguments of the script. */
  #knowledge(now: number): number[] {
    const known = this.#known
    if (!known || now - known.receivedAt > KNOWN_MS) return [0, 0, 0, 0]
    const least = known.now + now - known.receivedAt
    return [known.since, known.now, least, known.now + now - known.sentAt + this.#settings.timeout]
  }

  /** @throws RongCloudError of kind `limiter` when Redis refuses, does not answer, or gives an invalid answer */
  async #run(command: Command, id: string, cost: number, longest = 0, pause = 0): Promise<ScriptAnswer> {
    const { evaluate, timeout } = this.#settings
    const { window, spacing, maxSpacing } = this.#rule
    const sentAt = performance.now()
    const finding = this.#share ? FINDING_MS : 0
    const numbers = [cost, this.#limit, window, spacing, maxSpacing, Math.min(longest, 1e15), pause, finding]
    const args = [command, id, ...[...numbers, ...this.#knowledge(sentAt)].map(String)]
    const late = () => limiterError(`Redis gave no answer within ${timeout} ms`, true)
    let answer: unknown
    try {
      // A function without a `return` gives no promise.
      answer = await withTimeout(Promise.resolve(evaluate(SCRIPT, [this.#key], args)), timeout, late)
    } catch (cause) {
      throw explain(cause)
    }
    const [state, ...rest] = Array.isArray(answer) ? answer : []
    const [wait = Number.NaN, since = 0, now = 0] = rest.map(Number)
    if (!/^(ok|late|new)$/.test(String(state)) || !Number.isFinite(wait))
      throw limiterError('"evaluate" must resolve with the result of the script', false)
    const isNewer = !this.#known || since !== this.#known.since || now >= this.#known.now
    if (since > 0 && isNewer) this.#known = { since, now, sentAt, receivedAt: performance.now() }
    // The test above lets only these three states through.
    return { state: String(state) as ScriptAnswer['state'], wait }
  }

  #markDown(cause: RongCloudError): void {
    this.#nextProbe = performance.now() + PROBE_MS
    const wasUp = this.#cause === undefined
    this.#cause = cause
    if (!wasUp) return
    // The limiter in memory does not know the calls that this and other processes sent through Redis.
    this.#share?.pauseFor(this.#rule.window)
    notify('onChange', this.#settings.onChange, 'down', cause)
  }

  #markUp(): void {
    if (!this.#cause) return
    this.#cause = undefined
    // Redis does not know the calls that this and other processes sent while it was down.
    if (this.#share) this.#notBefore = performance.now() + this.#rule.window
    this.#recovery?.abort()
    this.#recovery = undefined
    notify('onChange', this.#settings.onChange, 'up')
  }

  /** Probes Redis with the same commands as a call. When it has a new record, all processes return to it at the same time. */
  #probe(): void {
    if (left(this.#nextProbe, FINDING_MS) > 0) return
    this.#nextProbe = performance.now() + PROBE_MS
    this.#run('probe', this.#newId(), 1, Number.POSITIVE_INFINITY).then(
      ({ state, wait }) => {
        if (state !== 'new') return this.#markUp()
        this.#nextProbe = performance.now() + wait
      },
      (error: RongCloudError) => this.#markDown(error),
    )
  }

  /** Waits for the call's place on Redis. */
  async #acquireShared(cost: number, id: string, until: number, signal: AbortSignal | undefined): Promise<void> {
    for (let command: Command = 'take'; ; command = 'go') {
      const longest = left(until)
      const pause = left(this.#notBefore, this.#rule.window)
      const { state, wait } = await this.#run(command, id, cost, longest, pause)
      if (state === 'new') throw limiterError('Redis has a new record, which lacks the calls of the last period', true)
      if (!this.#share) this.#markUp()
      if (state === 'late') throw waitTooLong(wait, longest)
      signal?.throwIfAborted()
      if (wait <= 0) return
      await delay(wait, signal)
    }
  }

  /** Waits in memory while Redis is down. Returns false if Redis came back before the call may start. */
  async #acquireShare(share: Limiter, cost: number, until: number, signal: AbortSignal | undefined): Promise<boolean> {
    this.#recovery ??= new AbortController()
    const over = this.#recovery.signal
    // Always a new signal: one shared signal would get a listener for each waiting call, and Node would warn of a leak.
    const both = AbortSignal.any(signal ? [signal, over] : [over])
    const probing = setInterval(() => this.#probe(), PROBE_MS)
    try {
      await share.acquire(cost, { signal: both, maxWait: left(until) })
      return !over.aborted
    } catch (error) {
      if (over.aborted && !signal?.aborted) return false
      throw error
    } finally {
      clearInterval(probing)
    }
  }

  async acquire(cost: number, { signal, maxWait = Number.POSITIVE_INFINITY }: AcquireOptions = {}): Promise<void> {
    checkCost(cost, this.#limit)
    signal?.throwIfAborted()
    const until = performance.now() + maxWait
    let isFirst = true
    for (;;) {
      if (this.#cause && this.#share) {
        this.#probe()
        if (await this.#acquireShare(this.#share, cost, until, signal)) return
        continue
      }
      if (this.#cause) {
        // One call tries Redis. The others fail at once and do not wait for the result.
        if (left(this.#nextProbe, FINDING_MS) > 0) throw this.#cause
        this.#nextProbe = performance.now() + PROBE_MS
      } else if (isFirst) {
        isFirst = false
        await this.#memory.acquire(cost, { signal, maxWait: left(until) })
        continue
      }
      const id = this.#newId()
      try {
        return await this.#acquireShared(cost, id, until, signal)
      } catch (error) {
        const failure = error instanceof RongCloudError ? error : undefined
        // Gives up the place, which a refused call does not have. If this fails too, the place expires.
        if (failure?.kind !== 'rate-limit') this.#run('leave', id, cost).catch(() => {})
        if (failure?.kind !== 'limiter') throw error
        this.#markDown(failure)
        if (!this.#share) throw failure
      }
    }
  }

  async pauseFor(milliseconds: number): Promise<void> {
    checkPause(milliseconds)
    this.#memory.pauseFor(milliseconds)
    this.#share?.pauseFor(milliseconds)
    if (this.#cause) return
    await this.#run('pause', this.#newId(), 1, 0, milliseconds).catch((error: RongCloudError) => this.#markDown(error))
  }
}

/**
 * Makes a limiter that any number of processes share, for `createClient({ limiter })`. It counts each operation
 * separately, as the contract does. Its own `acquire` and `pauseFor` belong to the first operation that has a limit.
 *
 * A call takes one round trip to Redis when it may start at once, and two when it waits. No call starts for one period when
 * Redis does not know the calls of the last period: at the very first call, and after a restart, FLUSHALL or a failover.
 * Each operation has one key, which expires after a week without calls. A call takes O(limit) time on Redis, which suits
 * limits of some hundred messages in a period.
 *
 * It uses neither Redis, clock, timers nor random numbers before the first call.
 *
 * @throws TypeError for wrong options
 */
export function createRedisLimiter(options: RedisLimiterOptions): Limiter {
  const settings = redisSettingsOf(options)
  const limiters = new Map<OperationId, Limiter>()
  const forOperation = (operation: OperationId): Limiter => {
    const limiter = limiters.get(operation) ?? new RedisLimiter(settings, operation)
    limiters.set(operation, limiter)
    return limiter
  }
  const first = forOperation(operationIds.find((id) => operations[id].rateLimit) ?? (operationIds[0] as OperationId))
  return {
    acquire: (cost, settings) => first.acquire(cost, settings),
    pauseFor: (milliseconds) => first.pauseFor(milliseconds),
    forOperation,
  }
}
