/**
 * Finds values that are valid but probably a mistake, such as a list joined into one id. The spec has the rules: `x-suspicious`.
 *
 * @module
 */
import { type MockTable, mockTables, type OperationId } from '../core/contract.js'
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

/** A suspicion in one line, without its name. */
export const suspicionText = ({ field, text, received }: Suspicion): string => `${field}: ${text}, got ${received}`

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

/** A rule of an operation, compiled at first use. */
interface CompiledRule {
  readonly field: string
  readonly name: string
  readonly text: string
  readonly pattern: RegExp
}

const rulesByTable = new Map<MockTable['suspicious'], readonly CompiledRule[]>()

function rulesOf({ suspicious }: MockTable): readonly CompiledRule[] {
  const known = rulesByTable.get(suspicious)
  if (known) return known
  const rules = Object.entries(suspicious ?? {}).flatMap(([field, byName]) =>
    Object.entries(byName).map(([name, { pattern, text }]) => ({
      field,
      name,
      text,
      pattern: new RegExp(pattern, 'u'),
    })),
  )
  rulesByTable.set(suspicious, rules)
  return rules
}

/** The suspicious values in fields that fit the contract. */
export function suspicionsOf(
  operation: OperationId,
  fields: Readonly<Record<string, unknown>>,
  allowed: readonly string[],
): readonly Suspicion[] {
  const found: Suspicion[] = []
  const check = ({ name, text, pattern }: CompiledRule, field: string, value: unknown) => {
    if (typeof value !== 'string' || !pattern.test(value)) return
    found.push({ name, field, text, received: JSON.stringify(truncate(value, 60)) })
  }
  for (const rule of rulesOf(mockTables[operation])) {
    if (allowed.includes(rule.name)) continue
    const value = fields[rule.field]
    if (!Array.isArray(value)) check(rule, rule.field, value)
    else for (const [i, item] of value.entries()) check(rule, `${rule.field}[${i}]`, item)
  }
  return found
}
