/**
 * A fake clock: timers and `performance.now`, fast with thousands of timers. Like on a busy machine, timers may
 * fire late. Like on Cloudflare Workers, timers belong to the request that set them, and end with it.
 */
import { vi } from 'vitest'

interface Timer {
  readonly at: number
  readonly order: number
  readonly request: string
  readonly fire: () => void
}

export class Clock {
  now: number
  /** The request whose code runs now. */
  request = ''
  /** Milliseconds by which the event loop is late when the next timer is due; those behind it are late too. */
  lateness: () => number = () => 0
  #order = 0
  /** A binary heap, the next timer first. */
  readonly #heap: Timer[] = []
  readonly #cleared = new Set<Timer>()
  readonly #ended = new Set<string>()

  constructor(now = 0) {
    this.now = now
  }

  /** Replaces the runtime's clock until `uninstall`. */
  install(): void {
    vi.stubGlobal('setTimeout', (fire: () => void, milliseconds = 0) => {
      const at = this.now + Math.max(1, Math.trunc(milliseconds))
      const timer = { at, order: this.#order++, request: this.request, fire }
      this.#push(timer)
      return timer
    })
    vi.stubGlobal('clearTimeout', (timer: Timer | undefined) => timer && this.#cleared.add(timer))
    vi.spyOn(performance, 'now').mockImplementation(() => this.now)
  }

  uninstall(): void {
    vi.unstubAllGlobals()
    vi.restoreAllMocks()
  }

  /** Runs code as a part of a request. */
  as<T>(request: string, work: () => T): T {
    const before = this.request
    this.request = request
    try {
      return work()
    } finally {
      this.request = before
    }
  }

  /** Ends a request: its timers do not fire any more. */
  end(request: string): void {
    this.#ended.add(request)
  }

  get timers(): number {
    return this.#heap.filter((timer) => !this.#cleared.has(timer)).length
  }

  /** Lets time pass, and each timer fire; what a timer resolves runs before the next one fires. */
  async advance(milliseconds: number): Promise<void> {
    const end = this.now + milliseconds
    await settle()
    for (let timer = this.#heap[0]; timer && timer.at <= end; timer = this.#heap[0]) {
      this.#pop()
      if (this.#cleared.delete(timer) || this.#ended.has(timer.request)) continue
      this.now = Math.max(this.now, timer.at + this.lateness())
      this.request = timer.request
      timer.fire()
      await settle()
      this.request = ''
    }
    this.now = Math.max(this.now, end)
  }

  #isBefore(a: number, b: number): boolean {
    const one = this.#heap[a] as Timer
    const other = this.#heap[b] as Timer
    return one.at < other.at || (one.at === other.at && one.order < other.order)
  }

  #swap(a: number, b: number): void {
    const timer = this.#heap[a] as Timer
    this.#heap[a] = this.#heap[b] as Timer
    this.#heap[b] = timer
  }

  #push(timer: Timer): void {
    let index = this.#heap.push(timer) - 1
    for (let parent = (index - 1) >> 1; index > 0 && this.#isBefore(index, parent); parent = (index - 1) >> 1) {
      this.#swap(index, parent)
      index = parent
    }
  }

  #pop(): void {
    this.#swap(0, this.#heap.length - 1)
    this.#heap.pop()
    for (let index = 0; ; ) {
      const children = [2 * index + 1, 2 * index + 2].filter((child) => child < this.#heap.length)
      const least = children.sort((a, b) => (this.#isBefore(a, b) ? -1 : 1))[0]
      if (least === undefined || !this.#isBefore(least, index)) return
      this.#swap(index, least)
      index = least
    }
  }
}

/** Lets all promises that are settled run. */
const settle = (): Promise<void> => new Promise((done) => setImmediate(done))
