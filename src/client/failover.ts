/**
 * Which host to call now: primary and backup, shared by all calls of one client.
 *
 * @see https://docs.rongcloud.io/platform-chat-api/base-url
 * @module
 */

/** The hosts of a client. */
export interface Hosts {
  /** The one to call now. */
  readonly current: () => string
  /** The first one, from `current` on and round, that is not among those; undefined when all are. */
  readonly other: (than: ReadonlySet<string>) => string | undefined
  /** A call to this host was answered. */
  readonly answered: (url: string) => void
  /** A call to this host has failed in a way that speaks against the host: later calls go to the next one. */
  readonly failed: (url: string) => void
  /** A call to this host was not answered within so many milliseconds. */
  readonly timedOut: (url: string, timeout: number) => void
  /** Counts one use of the host, which is one of these; true when it must be the last one of its connection. */
  readonly used: (url: string) => boolean
}

/** After a switch no other switch for so long, in milliseconds: both hosts failing must not make calls flap. */
export const STAY_MS = 30_000

/**
 * Uses of a connection, below the vendor's 80. A prime: however many connections take turns, each has its turn to be
 * closed.
 */
export const USES = 79

/** A connection that was idle for so long, in milliseconds, is used once more and closed. */
export const IDLE_MS = 55_000

/** The vendor's threshold: a host that has not answered by then has failed. */
export const TIMEOUT_MS = 5_000

/** A shorter time-out is the caller's own. So many in a row, without an answer between them, count as a failure. */
export const SHORT_TIMEOUTS = 3

/** What is known of a host. Times are of `performance.now`; one in the future is of another clock, such as a test's. */
interface State {
  uses: number
  lastUse: number
  /** Short time-outs since its last answer. */
  shortTimeouts: number
}

/** Host and port of a base URL. */
export const hostOf = (url: string): string => url.split('/')[2] ?? url

/** @param all base URLs, primary first */
export function createHosts(all: readonly string[]): Hosts {
  let index = 0
  let switched = Number.NEGATIVE_INFINITY
  const states = new Map<string, State>()
  const current = () => all[index] ?? ''

  function stateOf(url: string): State {
    const state = states.get(url) ?? { uses: 0, lastUse: performance.now(), shortTimeouts: 0 }
    states.set(url, state)
    return state
  }

  function other(than: ReadonlySet<string>): string | undefined {
    const round = [...all.slice(index), ...all]
    return round.find((url) => !than.has(url))
  }

  function failed(url: string): void {
    const now = performance.now()
    const isSettling = switched <= now && now - switched < STAY_MS
    // A call that began before a switch says nothing about the host that is called now.
    if (url !== current() || isSettling) return
    index = (index + 1) % all.length
    switched = now
  }

  function answered(url: string): void {
    stateOf(url).shortTimeouts = 0
  }

  function timedOut(url: string, timeout: number): void {
    const state = stateOf(url)
    state.shortTimeouts++
    if (timeout < TIMEOUT_MS && state.shortTimeouts < SHORT_TIMEOUTS) return
    state.shortTimeouts = 0
    failed(url)
  }

  function used(url: string): boolean {
    const state = stateOf(url)
    const now = performance.now()
    const idle = now - state.lastUse
    state.lastUse = now
    state.uses++
    return state.uses % USES === 0 || idle >= IDLE_MS
  }

  return { current, other, answered, failed, timedOut, used }
}
