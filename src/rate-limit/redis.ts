/**
 * The limiter on one Redis or Valkey, and what it does while that is down. `redis-script.ts` has the rule.
 *
 * @module
 */
import type { OperationId } from '../core/contract.js'
import { RongCloudError } from '../core/error.js'
import { type AcquireOptions, checkCost, type Limiter, SPACING, waitTooLong } from './limiter.js'
import { limitOf, type RedisLimiterOptions, shareOf, TIMEOUT } from './redis-options.js'
import { SCRIPT } from './redis-script.js'
import { delay as pause, withTimeout } from './wait.js'

/** A Redis that has just started is trusted after so long and a window, in milliseconds: until then all processes have found it again. */
const WARM_UP = 4_000
/** As `WINDOW` of the limiter in memory; a little less, since each turn is confirmed when it comes. */
const SHARED_WINDOW = 1.03
/** How often Redis is asked whether it is back, in milliseconds. */
const PROBE = 250

type Answer = readonly [state: 'ok' | 'late' | 'warming', wait: number]

/** The limit of one operation on Redis, and in memory while Redis is down. */
export class RedisLimiter implements Limiter {
  readonly #options: RedisLimiterOptions
  readonly #limit: number
  readonly #window: number
  readonly #keys: string[]
  readonly #local: Limiter | undefined
  readonly #own = crypto.randomUUID()
  #counter = 0
  #down = false
  #probed = Number.NEGATIVE_INFINITY
  #notBefore = Number.NEGATIVE_INFINITY
  /** Ends the local waits when Redis takes over. */
  #comeback = new AbortController()

  constructor(options: RedisLimiterOptions, operation: OperationId) {
    const { limit, period } = limitOf(options, operation)
    const { prefix = 'rongcloud', appKey, whenDown } = options
    this.#options = options
    this.#limit = limit
    this.#window = period * SHARED_WINDOW
    this.#keys = ['log', 'pause', 'since'].map((name) => `${prefix}:{${appKey}}:${operation}:${name}`)
    this.#local = shareOf(whenDown, { limit, period }, operation)
  }

  async #run(command: string, id: string, cost: number, longest: number, delay: number): Promise<Answer> {
    const { evaluate, timeout = TIMEOUT } = this.#options
    const [limit, window] = [this.#limit, this.#window]
    const numbers = [cost, limit, window, (SPACING * window) / limit, Math.min(longest, 1e12), delay, WARM_UP + window]
    const work = evaluate(SCRIPT, this.#keys, [command, id, ...numbers.map(String)])
    const answer = await withTimeout(work, timeout, () => new Error(`Redis gave no answer within ${timeout} ms`))
    const [state, wait] = answer as [unknown, unknown]
    return [String(state) as Answer[0], Number(wait)]
  }

  #lost(cause: unknown): void {
    if (this.#down) return
    this.#down = true
    // What others and this one sent through Redis is not known here.
    this.#local?.pauseFor(this.#window)
    this.#options.onChange?.('down', cause)
  }

  #back(): void {
    if (!this.#down) return
    this.#down = false
    this.#notBefore = performance.now() + this.#window
    this.#comeback.abort()
    this.#comeback = new AbortController()
    this.#options.onChange?.('up')
  }

  /** Asks now and then whether Redis is back; all processes go over at the same moment. */
  #probe(): void {
    const now = performance.now()
    if (now - this.#probed < PROBE) return
    this.#probed = now
    this.#run('probe', this.#own, 1, 0, 0).then(
      ([state, wait]) => {
        if (state === 'ok') return this.#back()
        this.#probed = performance.now() + wait
        const timer = setTimeout(() => this.#back(), wait) as { unref?: () => void }
        timer.unref?.()
      },
      () => {},
    )
  }

  /** Waits for the turn on Redis. */
  async #shared(cost: number, id: string, signal: AbortSignal | undefined, until: number): Promise<void> {
    for (let command = 'take'; ; ) {
      const left = Math.max(0, until - performance.now())
      const [state, wait] = await this.#run(command, id, cost, left, Math.max(0, this.#notBefore - performance.now()))
      if (this.#down && !this.#local) this.#back()
      if (state === 'late' || (state === 'warming' && wait > left)) throw waitTooLong(wait, left)
      if (state === 'ok' && wait <= 0) return
      await pause(wait, signal)
      // From the warm-up one comes back without a place.
      command = state === 'ok' ? 'go' : 'take'
    }
  }

  /** Waits for the turn in memory; gives false when Redis has come back before. */
  async #alone(local: Limiter, cost: number, signal: AbortSignal | undefined, until: number): Promise<boolean> {
    const over = this.#comeback.signal
    // Derived also when there is no other: one signal with a listener for each call in line would warn of a leak.
    const both = AbortSignal.any(signal ? [signal, over] : [over])
    try {
      await local.acquire(cost, { signal: both, maxWait: until - performance.now() })
      return true
    } catch (error) {
      if (over.aborted && !signal?.aborted) return false
      throw error
    }
  }

  async acquire(cost: number, { signal, maxWait = Number.POSITIVE_INFINITY }: AcquireOptions = {}): Promise<void> {
    checkCost(cost, this.#limit)
    signal?.throwIfAborted()
    const until = performance.now() + maxWait
    for (;;) {
      if (this.#down && this.#local) {
        this.#probe()
        if (await this.#alone(this.#local, cost, signal, until)) return
        continue
      }
      const id = `${this.#own}.${this.#counter++}`
      try {
        return await this.#shared(cost, id, signal, until)
      } catch (error) {
        if (signal?.aborted || error instanceof RongCloudError) {
          // Gives the place up; should that fail, it passes by itself.
          this.#run('leave', id, cost, 0, 0).catch(() => {})
          throw error
        }
        this.#lost(error)
        if (!this.#local)
          throw new RongCloudError('rate limit: Redis cannot be reached', { kind: 'network', retryable: true }, error)
      }
    }
  }

  async pauseFor(milliseconds: number): Promise<void> {
    this.#local?.pauseFor(milliseconds)
    if (this.#down && this.#local) return
    await this.#run('pause', this.#own, 1, 0, milliseconds).catch((error) => this.#lost(error))
  }
}
