/**
 * Violations that a test means to cause: `expectViolation`.
 *
 * @module
 */
import type { Violation } from '../core/error.js'
import { checkTimes } from './scenarios.js'

/** Settings of one `expectViolation`. */
export interface ExpectOptions {
  /** The field of the violation; a place inside it counts too. Default: any. */
  readonly field?: string
  /** How many calls must have it, exactly. Default 1. */
  readonly times?: number
}

interface Expectation {
  readonly keyword: string
  readonly field: string | undefined
  readonly times: number
  seen: number
}

/** `toGroupId` is the field of `toGroupId` and of `toGroupId[1]`. */
const isAt = (place: string, field: string) =>
  place === field || place.startsWith(`${field}[`) || place.startsWith(`${field}.`)

/** An expectation in words. */
function shown({ keyword, field, times }: Expectation): string {
  const where = field === undefined ? '' : ` at ${field}`
  return `${keyword}${where}${times === 1 ? '' : `, ${times} times`}`
}

/** The violations that are expected, until they are verified. */
export class Expectations {
  #all: Expectation[] = []

  /** @throws TypeError for a keyword, a field or a number of times that cannot be */
  add(keyword: unknown, options: ExpectOptions): void {
    if (typeof keyword !== 'string' || keyword === '') {
      throw new TypeError(
        `"violation" must be a keyword of the contract, such as "maxItems". Received ${typeof keyword}`,
      )
    }
    const unknown = Object.keys(options).find((name) => name !== 'field' && name !== 'times')
    if (unknown !== undefined) {
      throw new TypeError(`an expected violation has no "${unknown}". It may have field and times`)
    }
    const { field, times = 1 } = options
    if (field !== undefined && typeof field !== 'string') {
      throw new TypeError(`"field" must be the name of a field. Received ${typeof field}`)
    }
    checkTimes(times)
    this.#all.push({ keyword, field, times, seen: 0 })
  }

  /** Whether all violations of a call are expected; if so, counts them. */
  match(violations: readonly Violation[]): boolean {
    const matches = violations.map((violation) =>
      this.#all.find(
        ({ keyword, field }) => keyword === violation.keyword && (field === undefined || isAt(violation.field, field)),
      ),
    )
    if (matches.length === 0 || matches.includes(undefined)) return false
    for (const expectation of new Set(matches)) if (expectation) expectation.seen++
    return true
  }

  /** The expectations that were not met exactly, in words. */
  get unmet(): readonly string[] {
    return this.#all
      .filter(({ seen, times }) => seen !== times)
      .map((one) => `expected the violation ${shown(one)}, and saw it in ${one.seen} calls`)
  }

  reset(): void {
    this.#all = []
  }
}
