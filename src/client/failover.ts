/**
 * Chooses the host to call: primary or backup. All calls of one client share the choice.
 *
 * @see https://docs.rongcloud.io/platform-chat-api/base-url
 * @module
 */

/** The hosts of a client. */
export interface Hosts {
  /** Base URL of the host to call now. */
  readonly current: () => string
  /** The first host that is not in `excluded`, going round from `current`; undefined if all are excluded. */
  readonly other: (excluded: ReadonlySet<string>) => string | undefined
  /** Records that this host answered. */
  readonly answered: (url: string) => void
  /** Records a failure of this host. Later calls go to the next host. */
  readonly failed: (url: string) => void
  /** Records that this host did not answer within `timeout` milliseconds. */
  readonly timedOut: (url: string, timeout: number) => void
  /** Counts one request to this host. Returns true when the request must be the last one on its connection. */
  readonly used: (url: string) => boolean
}

/** Time after a switch without another switch, in milliseconds. If both hosts fail, calls must not flap between them. */
export const STAY_MS = 30_000

/**
 * A connection is closed after this many requests; the vendor closes it after 80. It is a prime number, so that with several
 * connections in rotation each of them is closed at some time.
 */
export const MAX_USES = 79

/** After this idle time, in milliseconds, a connection is used once more and then closed. */
export const IDLE_MS = 55_000

/** The vendor's threshold, in milliseconds: a host that does not answer in this time has failed. */
export const VENDOR_TIMEOUT_MS = 5_000

/** Callers may set a shorter timeout. This many short timeouts in a row, without an answer in between, count as a failure. */
export const SHORT_TIMEOUTS = 3

/** The state of a host. Times are from `performance.now`; a future time comes from another clock, such as a test's. */
interface State {
  uses: number
  lastUse: number
  /** Short timeouts since the last answer. */
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

  function other(excluded: ReadonlySet<string>): string | undefined {
    const round = [...all.slice(index), ...all]
    return round.find((url) => !excluded.has(url))
  }

  function failed(url: string): void {
    const now = performance.now()
    const isSettling = switched <= now && now - switched < STAY_MS
    // A call that started before a switch says nothing about the current host.
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
    if (timeout < VENDOR_TIMEOUT_MS && state.shortTimeouts < SHORT_TIMEOUTS) return
    state.shortTimeouts = 0
    failed(url)
  }

  function used(url: string): boolean {
    const state = stateOf(url)
    const now = performance.now()
    const idle = now - state.lastUse
    state.lastUse = now
    state.uses++
    return state.uses % MAX_USES === 0 || idle >= IDLE_MS
  }

  return { current, other, answered, failed, timedOut, used }
}
