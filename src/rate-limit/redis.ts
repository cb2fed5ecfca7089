/**
 * The limiter on one Redis or Valkey, and what it does while that is down. `redis-script.ts` has the rule.
 *
 * A call waits three times: in memory, at the whole limit, so that no burst of one process floods Redis and its queue is not
 * taken for the slowness of Redis; on Redis, for its place among all processes; and then Redis is asked once more.
 *
 * @module
 */
import { type OperationId, operationIds, operations } from '../core/contract.js'
import { messageOf, RongCloudError } from '../core/error.js'
import { notify } from '../core/notify.js'
import { type AcquireOptions, checkCost, checkPause, type Limiter, type Rule, ruleOf, waitTooLong } from './limiter.js'
import { createLimiter } from './memory.js'
import { limitOf, type RedisLimiterOptions, shareOf, TIMEOUT_MS } from './redis-options.js'
import { SCRIPT } from './redis-script.js'
import { delay, withTimeout } from './wait.js'

/** In this time all processes that go on in memory find a new record, in milliseconds. */
const FINDING_MS = 4_000
/** Numbers of the rule; a little less than in memory, since asking Redis again takes time as well. */
const MARGIN = 0.03
const SHARE = 0.7
/** How often Redis is asked whether it is back, in milliseconds. */
const PROBE_MS = 250
/** What is known of the record counts for so long, in milliseconds: clocks drift. */
const KNOWN_MS = 60_000

type Command = 'take' | 'go' | 'probe' | 'pause' | 'leave'

interface Answer {
  readonly state: 'ok' | 'late' | 'new'
  readonly wait: number
}

/** What the last answer said of the record: since when it is, and the time on Redis between two times here. */
interface Known {
  readonly since: number
  readonly now: number
  readonly sentAt: number
  readonly receivedAt: number
}

const failed = (message: string, retryable: boolean, cause?: unknown): RongCloudError =>
  new RongCloudError(`rate limit: ${message}`, { kind: 'limiter', retryable }, cause)

/** What an error of Redis begins with; some client libraries put words of their own before it. */
const REFUSAL =
  /(?:^|: )-?(ERR|NOPERM|NOAUTH|WRONGPASS|NOSCRIPT|WRONGTYPE|CROSSSLOT|MOVED|ASK|READONLY|OOM|LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS|EXECABORT) /
/** Refusals that pass by themselves. */
const PASSING = /^(READONLY|OOM|LOADING|BUSY|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS)$/
/** Names that client libraries give to errors of Redis. */
const REPLY = /^(ReplyError|ErrorReply|SimpleError)$/

/** An error in words: what Redis said, or that it said nothing. */
function explain(cause: unknown): RongCloudError {
  if (cause instanceof RongCloudError && cause.kind === 'limiter') return cause
  const message = messageOf(cause)
  const word = REFUSAL.exec(message)?.[1] ?? ''
  const isReply = cause instanceof Error && (REPLY.test(cause.name) || REPLY.test(cause.constructor.name))
  if (word !== '' || isReply) return failed(`Redis refused: ${message}`, PASSING.test(word), cause)
  return failed(`Redis cannot be reached: ${message}`, true, cause)
}

/** The limit of one operation on Redis, and in memory while Redis is down. */
class RedisLimiter implements Limiter {
  readonly #options: RedisLimiterOptions
  readonly #limit: number
  readonly #rule: Rule
  readonly #key: string
  /** Lets this process alone use no more than the limit. */
  readonly #own: Limiter
  /** In place of Redis while that is down. */
  readonly #share: Limiter | undefined
  #id: string | undefined
  #calls = 0
  #known: Known | undefined
  /** Why Redis is down. */
  #cause: RongCloudError | undefined
  #nextProbe = Number.NEGATIVE_INFINITY
  #notBefore = Number.NEGATIVE_INFINITY
  /** Ends the waits at the share when Redis is back. */
  #comeback: AbortController | undefined

  constructor(options: RedisLimiterOptions, operation: OperationId) {
    const numbers = limitOf(options, operation)
    const { prefix = 'rongcloud', appKey, whenDown } = options
    this.#options = options
    this.#limit = numbers.limit
    this.#rule = ruleOf(numbers, MARGIN, SHARE)
    this.#key = `${prefix}:{${appKey}}:${operation}`
    this.#own = createLimiter(numbers)
    this.#share = shareOf(whenDown, numbers, operation)
  }

  /** Made at the first call: a Worker has no random numbers before. */
  #newId(): string {
    this.#id ??= crypto.randomUUID()
    return `${this.#id}.${this.#calls++}`
  }

  /** What the script must know to see whether the record is the one of before: see there. */
  #knowledge(now: number): number[] {
    const known = this.#known
    if (!known || now - known.receivedAt > KNOWN_MS) return [0, 0, 0, 0]
    const { timeout = TIMEOUT_MS } = this.#options
    const least = known.now + now - known.receivedAt
    return [known.since, known.now, least, known.now + now - known.sentAt + timeout]
  }

  /** @throws RongCloudError of kind `limiter` when Redis refuses, does not answer, or answers nonsense */
  async #run(command: Command, id: string, cost: number, longest = 0, pause = 0): Promise<Answer> {
    const { evaluate, timeout = TIMEOUT_MS } = this.#options
    const { window, spacing, maxSpacing } = this.#rule
    const sentAt = performance.now()
    const finding = this.#share ? FINDING_MS : 0
    const numbers = [cost, this.#limit, window, spacing, maxSpacing, Math.min(longest, 1e15), pause, finding]
    const args = [command, id, ...[...numbers, ...this.#knowledge(sentAt)].map(String)]
    const late = () => failed(`Redis gave no answer within ${timeout} ms`, true)
    let answer: unknown
    try {
      answer = await withTimeout(evaluate(SCRIPT, [this.#key], args), timeout, late)
    } catch (cause) {
      throw explain(cause)
    }
    const [state, ...rest] = Array.isArray(answer) ? answer : []
    const [wait = Number.NaN, since = 0, now = 0] = rest.map(Number)
    if (!/^(ok|late|new)$/.test(String(state)) || Number.isNaN(wait))
      throw failed('"evaluate" must resolve with the result of the script', false)
    const isNewer = !this.#known || since !== this.#known.since || now >= this.#known.now
    if (since > 0 && isNewer) this.#known = { since, now, sentAt, receivedAt: performance.now() }
    // One of the three, by the test above.
    return { state: String(state) as Answer['state'], wait }
  }

  #lost(cause: RongCloudError): void {
    this.#nextProbe = performance.now() + PROBE_MS
    const wasUp = this.#cause === undefined
    this.#cause = cause
    if (!wasUp) return
    // What this process and others sent through Redis is not known in memory.
    this.#share?.pauseFor(this.#rule.window)
    notify('onChange', this.#options.onChange, 'down', cause)
  }

  #back(): void {
    if (!this.#cause) return
    this.#cause = undefined
    // What this process and others sent in memory is not known to Redis.
    if (this.#share) this.#notBefore = performance.now() + this.#rule.window
    this.#comeback?.abort()
    this.#comeback = undefined
    notify('onChange', this.#options.onChange, 'up')
  }

  /** Asks now and then whether Redis is back, by doing what a call does. All processes go over to a new record at the same time. */
  #probe(): void {
    if (performance.now() < this.#nextProbe) return
    this.#nextProbe = performance.now() + PROBE_MS
    this.#run('probe', this.#newId(), 1, Number.POSITIVE_INFINITY).then(
      ({ state, wait }) => {
        if (state !== 'new') return this.#back()
        this.#nextProbe = performance.now() + wait
      },
      (error: RongCloudError) => this.#lost(error),
    )
  }

  /** Waits on Redis. */
  async #acquireShared(cost: number, id: string, until: number, signal: AbortSignal | undefined): Promise<void> {
    for (let command: Command = 'take'; ; command = 'go') {
      const left = Math.max(0, until - performance.now())
      const { state, wait } = await this.#run(command, id, cost, left, Math.max(0, this.#notBefore - performance.now()))
      if (state === 'new')
        throw failed('Redis has a new record, which does not hold the calls of the last period', true)
      if (!this.#share) this.#back()
      if (state === 'late') throw waitTooLong(wait, left)
      signal?.throwIfAborted()
      if (wait <= 0) return
      await delay(wait, signal)
    }
  }

  /** Waits in memory while Redis is down. Returns false when Redis is back before. */
  async #acquireShare(share: Limiter, cost: number, until: number, signal: AbortSignal | undefined): Promise<boolean> {
    this.#comeback ??= new AbortController()
    const over = this.#comeback.signal
    // Derived also when there is no other: one signal with a listener for each call in line would warn of a leak.
    const both = AbortSignal.any(signal ? [signal, over] : [over])
    const probing = setInterval(() => this.#probe(), PROBE_MS)
    try {
      await share.acquire(cost, { signal: both, maxWait: until - performance.now() })
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
        // One call asks whether Redis is back, and the others do not wait for it.
        if (performance.now() < this.#nextProbe) throw this.#cause
        this.#nextProbe = performance.now() + PROBE_MS
      } else if (isFirst) {
        isFirst = false
        await this.#own.acquire(cost, { signal, maxWait: until - performance.now() })
        continue
      }
      const id = this.#newId()
      try {
        return await this.#acquireShared(cost, id, until, signal)
      } catch (error) {
        // Gives the place up. Should that fail too, nobody claims it, and it passes.
        this.#run('leave', id, cost).catch(() => {})
        if (!(error instanceof RongCloudError) || error.kind !== 'limiter') throw error
        this.#lost(error)
        if (!this.#share) throw error
      }
    }
  }

  async pauseFor(milliseconds: number): Promise<void> {
    checkPause(milliseconds)
    this.#own.pauseFor(milliseconds)
    this.#share?.pauseFor(milliseconds)
    if (this.#cause) return
    await this.#run('pause', this.#newId(), 1, 0, milliseconds).catch((error: RongCloudError) => this.#lost(error))
  }
}

/**
 * A limiter that any number of processes share, for `createClient({ limiter })`. It counts each operation apart, as the
 * contract does; by itself, without a client, it is that of the first one.
 *
 * One round trip for a call that may go at once, two for one that waits. Where Redis does not know what went in the last
 * period (at the first call of all, after a restart, FLUSHALL, a failover), nobody goes for a period. Each operation has one
 * key, which expires after a week without calls. A call costs Redis O(limit): it is made for some hundreds of messages in a period.
 *
 * It touches neither Redis, clock, timers nor random numbers before the first call.
 *
 * @throws TypeError for wrong options
 */
export function createRedisLimiter(options: RedisLimiterOptions): Limiter {
  const limiters = new Map<OperationId, Limiter>()
  const forOperation = (operation: OperationId): Limiter => {
    const limiter = limiters.get(operation) ?? new RedisLimiter(options ?? {}, operation)
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
