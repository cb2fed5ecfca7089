/**
 * What `test` counts of the calls of a command.
 *
 * @module
 */
import { truncate } from '../core/redact.js'
import type { ReportedCall } from './junit.js'
import { target } from './mock-options.js'

/** So many calls are listed in the files, and as many of those off the contract on top. */
const MOST = 10_000

/** All that was called, without bodies: they would fill the memory. */
export class Tally {
  readonly listed: ReportedCall[] = []
  readonly byTarget: Map<string, number> = new Map()
  total = 0
  off = 0
  /** A call was refused for the rate limit. */
  rateLimited = false

  add({ operation, method, path, status, violations }: ReportedCall): void {
    this.total++
    if (violations.length > 0) this.off++
    if (violations.some(({ keyword }) => keyword === 'rate-limit')) this.rateLimited = true
    const name = truncate(target({ method, path }), 100)
    // Paths that nobody foresaw could be of any number.
    const row = this.byTarget.has(name) || this.byTarget.size < 50 ? name : '(others)'
    this.byTarget.set(row, (this.byTarget.get(row) ?? 0) + 1)
    if (this.listed.length < MOST || (violations.length > 0 && this.listed.length < 2 * MOST)) {
      this.listed.push({ operation, method, path, status, violations })
    }
  }
}
