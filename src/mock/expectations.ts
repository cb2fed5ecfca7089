/**
 * Violations that a test causes on purpose: `expectViolation`.
 *
 * @module
 */
import type { Violation } from '../core/error.js'
import { checkOptions, type OptionNames } from '../core/options.js'
import { count } from '../core/phrases.js'
import { checkTimes } from './scenarios.js'

/** Settings of one `expectViolation`. */
export interface ExpectOptions {
  /** The field of the violation; places inside the field match too. Default: any field. */
  readonly field?: string | undefined
  /** Exact number of calls that must have this violation. Default 1. */
  readonly times?: number | undefined
}

const EXPECT_OPTIONS: OptionNames<ExpectOptions> = { field: true, times: true }

interface Expectation {
  readonly keyword: string
  readonly field: string | undefined
  readonly times: number
  seen: number
}

/** `toGroupId` is the field of `toGroupId` and of `toGroupId[1]`. */
const isAt = (place: string, field: string) =>
  place === field || place.startsWith(`${field}[`) || place.startsWith(`${field}.`)

/** An expectation that was not met, as text for a report. */
function describeUnmet({ keyword, field, times, seen }: Expectation): string {
  const where = field === undefined ? '' : ` at ${field}`
  return `expected ${count(times, 'calls')} with the violation ${keyword}${where}, got ${seen}`
}

/** The expected violations, until `verify` checks them. */
export class Expectations {
  #all: Expectation[] = []

  /** @throws TypeError for a wrong keyword, field or number of times */
  add(keyword: unknown, options: ExpectOptions): void {
    if (typeof keyword !== 'string' || keyword === '') {
      throw new TypeError(
        `"violation" must be a keyword of the contract, such as "maxItems". Received ${typeof keyword}`,
      )
    }
    checkOptions(options, EXPECT_OPTIONS, 'an expected violation')
    const { field, times = 1 } = options
    if (field !== undefined && typeof field !== 'string') {
      throw new TypeError(`"field" must be the name of a field. Received ${typeof field}`)
    }
    checkTimes(times)
    this.#all.push({ keyword, field, times, seen: 0 })
  }

  /** The expectation that a violation counts for. One that was not seen often enough comes first, then one for a field. */
  #for(violation: Violation): Expectation | undefined {
    const isMissing = ({ seen, times }: Expectation) => Number(seen < times)
    const [best] = this.#all
      .filter(
        ({ keyword, field }) => keyword === violation.keyword && (field === undefined || isAt(violation.field, field)),
      )
      .sort((a, b) => isMissing(b) - isMissing(a) || (b.field ?? '').length - (a.field ?? '').length)
    return best
  }

  /**
   * Whether all violations of a call are expected. If so, counts the call.
   *
   * @param isLast also counts calls for an expectation that was seen often enough
   */
  match(violations: readonly Violation[], isLast: boolean): boolean {
    const matches = violations.map((violation) => this.#for(violation))
    const isOpen = (found: Expectation | undefined) => found !== undefined && (isLast || found.seen < found.times)
    if (matches.length === 0 || !matches.every(isOpen)) return false
    for (const expectation of new Set(matches)) if (expectation) expectation.seen++
    return true
  }

  /** Messages for the expectations whose count is wrong. */
  get unmet(): readonly string[] {
    return this.#all.filter(({ seen, times }) => seen !== times).map(describeUnmet)
  }

  reset(): void {
    this.#all = []
  }
}
