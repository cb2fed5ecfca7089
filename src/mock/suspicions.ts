/**
 * Finds values that are valid but probably a mistake, such as a list joined into one id. The spec has the rules: `x-suspicious`.
 *
 * @module
 */
import { mockTables, type OperationId } from '../core/contract.js'
import { truncate } from '../core/redact.js'

/** A value in a request that is valid but probably a mistake. */
export interface Suspicion {
  /** Name of the rule in the spec, such as `joined-list`. */
  readonly name: string
  /** Where: a field (`fromUserId`), or an item of a list (`toGroupId[1]`). */
  readonly field: string
  /** What the caller probably meant, and how to send that. */
  readonly text: string
  /** The value that was sent, shortened. */
  readonly received: string
}

/** What a mock does about suspicious calls: see the option `suspicious`. */
export type SuspiciousMode = 'fail' | 'report' | 'ignore'

const MODES: readonly unknown[] = ['fail', 'report', 'ignore']

/** The names of all rules of the contract. */
const ruleNames = (): readonly string[] => [
  ...new Set(
    Object.values(mockTables).flatMap(({ suspicious = {} }) => Object.values(suspicious).flatMap(Object.keys)),
  ),
]

/** @throws TypeError for an unknown mode or rule name */
export function checkSuspicious(mode: unknown, allowed: unknown): void {
  if (!MODES.includes(mode)) {
    throw new TypeError(`"suspicious" must be "fail", "report" or "ignore". Received ${JSON.stringify(mode)}`)
  }
  if (!Array.isArray(allowed)) throw new TypeError(`"allowSuspicious" must be a list. Received ${typeof allowed}`)
  const known = ruleNames()
  const unknown = allowed.find((name) => !known.includes(name))
  if (unknown === undefined) return
  throw new TypeError(
    `"allowSuspicious" must contain names of ${known.join(', ')}. Received ${JSON.stringify(unknown)}`,
  )
}

const patterns = new Map<string, RegExp>()

function fits(pattern: string, value: string): boolean {
  const compiled = patterns.get(pattern) ?? new RegExp(pattern, 'u')
  patterns.set(pattern, compiled)
  return compiled.test(value)
}

/** The suspicious values in valid fields. */
export function suspicionsOf(
  operation: OperationId,
  fields: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
): readonly Suspicion[] {
  const { suspicious } = mockTables[operation]
  if (!suspicious) return []
  return Object.entries(suspicious).flatMap(([name, rules]) => {
    const value = fields[name]
    const places = Array.isArray(value)
      ? value.map((item, i) => ({ field: `${name}[${i}]`, item }))
      : [{ field: name, item: value }]
    return Object.entries(rules).flatMap(([rule, { pattern, text }]) =>
      places
        .filter(({ item }) => typeof item === 'string' && !allowed.includes(rule) && fits(pattern, item))
        .map(({ field, item }) => ({ name: rule, field, text, received: JSON.stringify(truncate(item, 60)) })),
    )
  })
}
