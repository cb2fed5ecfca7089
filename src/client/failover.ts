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
  /** A call to this host has failed in a way that speaks against the host: later calls go to the next one. */
  readonly failed: (url: string) => void
  /** Counts one use of the host, which is one of these; true when it must be the last one of its connection. */
  readonly used: (url: string) => boolean
}

/** After a switch no other switch for so long, in milliseconds: both hosts failing must not make calls flap. */
export const STAY = 30_000

/**
 * Uses of a connection, below the vendor's 80. A prime: however many connections take turns, each has its turn to be
 * closed.
 */
export const USES = 79

/** A connection that was idle for so long, in milliseconds, is used once more and closed. */
export const IDLE = 55_000

/** Uses of a host so far, and the time of the last one. */
interface Use {
  count: number
  last: number
}

/** Host and port of a base URL. */
export function hostOf(url: string): string {
  const slashes = url.indexOf('//')
  const start = slashes < 0 ? 0 : slashes + 2
  const end = url.indexOf('/', start)
  return end < 0 ? url.slice(start) : url.slice(start, end)
}

/** @param all base URLs, primary first */
export function createHosts(all: readonly string[]): Hosts {
  let [index, switched] = [0, Number.NEGATIVE_INFINITY]
  const uses = new Map<string, Use>(all.map((url) => [url, { count: 0, last: performance.now() }]))
  const current = () => all[index] as string

  function other(than: ReadonlySet<string>): string | undefined {
    const round = [...all.slice(index), ...all.slice(0, index)]
    return round.find((url) => !than.has(url))
  }

  function failed(url: string): void {
    const now = performance.now()
    // A call that began before a switch says nothing about the host that is called now.
    if (url !== current() || now - switched < STAY) return
    index = (index + 1) % all.length
    switched = now
  }

  function used(url: string): boolean {
    const use = uses.get(url) as Use
    const now = performance.now()
    const idle = now - use.last
    use.last = now
    use.count++
    return use.count % USES === 0 || idle >= IDLE
  }

  return { current, other, failed, used }
}
