/** Runs one property, and says with what seed. */
import fc from 'fast-check'

export interface Setup {
  readonly cases: number
  readonly seed: number
}

/** @returns the line to print; rejects with the seed, the smallest case and its path when the property does not hold */
export async function prove<T>(name: string, property: fc.IRawProperty<T>, { cases, seed }: Setup): Promise<string> {
  const start = performance.now()
  const details = await fc.check(property, { numRuns: cases, seed })
  if (details.failed) {
    const { message } = (details.errorInstance ?? {}) as { message?: string }
    throw new Error(`${name}: ${message}\n${await fc.asyncDefaultReportMessage(details)}`)
  }
  const seconds = (performance.now() - start) / 1000
  return `${name}: seed ${details.seed}, ${details.numRuns} cases, ${seconds.toFixed(1)} s`
}
