/**
 * What the stand-in remembers: calls and breaches.
 *
 * @module
 */
import type { Breach } from '../core/error.js'
import { ContractBreachError, type RecordedCall } from './report.js'

/** Keeps the last `limit` calls, and of those with a breach the last `limit` on top. */
export class Recorder {
  readonly #limit: number
  #calls: RecordedCall[] = []
  #offending: RecordedCall[] = []
  #unreported: RecordedCall[] = []
  #total = 0
  #off = 0

  constructor(limit: number) {
    this.#limit = limit
  }

  get calls(): readonly RecordedCall[] {
    return this.#calls.slice(-this.#limit)
  }

  get breaches(): readonly Breach[] {
    return this.#offending.flatMap(({ breaches }) => breaches)
  }

  add(call: RecordedCall): void {
    this.#total++
    this.#calls = this.#appended(this.#calls, call)
    if (call.breaches.length === 0) return
    this.#off++
    this.#offending = this.#appended(this.#offending, call)
    this.#unreported = this.#appended(this.#unreported, call)
  }

  /** Cuts in steps of a quarter of the limit, so that a call costs no copy of the list. */
  #appended(list: RecordedCall[], call: RecordedCall): RecordedCall[] {
    list.push(call)
    return list.length >= 1.25 * this.#limit ? list.slice(-this.#limit) : list
  }

  /** Throws for breaches since the last time. */
  verify(): void {
    const [calls, off, total] = [this.#unreported.slice(-this.#limit), this.#off, this.#total]
    this.#unreported = []
    this.#total = 0
    this.#off = 0
    if (calls.length > 0) throw new ContractBreachError(calls, off, total)
  }

  reset(): void {
    this.#calls = []
    this.#offending = []
    this.#unreported = []
    this.#total = 0
    this.#off = 0
  }
}
