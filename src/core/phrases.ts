/**
 * Limits in plain words, the same in messages and docs.
 *
 * @module
 */

const PERIODS: readonly { readonly milliseconds: number; readonly one: string; readonly many: string }[] = [
  { milliseconds: 86_400_000, one: 'a day', many: 'days' },
  { milliseconds: 3_600_000, one: 'an hour', many: 'hours' },
  { milliseconds: 60_000, one: 'a minute', many: 'minutes' },
  { milliseconds: 1_000, one: 'a second', many: 'seconds' },
]

/** What is more than an s at the end of a plural; after the first row that fits, no other is tried. */
const ENDINGS: readonly (readonly [plural: RegExp, singular: string])[] = [
  [/^(news|series|species|status)$/, '$1'],
  [/^(.*(?:ss|x|[bnprt]us|[^a]ch|[eo]ach|sh|\w\w\wo))es$/, '$1'],
  [/^(?!movies|cookies)(.*\w[^aeiou])ies$/, '$1y'],
  [/^(.*[^s])s$/, '$1'],
]

/** One of what a plural names: `group` of `groups`, `box` of `boxes`. What has no known ending stays as it is. */
function singular(plural: string): string {
  const [ending, one] = ENDINGS.find(([plurals]) => plurals.test(plural)) ?? []
  return ending && one ? plural.replace(ending, one) : plural
}

/** `2 groups in one call`, `1 group in one call`: the noun stands first, in the plural. */
export const count = (number: number, unit: string): string =>
  `${number} ${number === 1 ? unit.replace(/^[\w-]+/, singular) : unit}`

/** A limit of calls: `20 messages a second`, `2 calls an hour`, `100 calls in 10 minutes`, `7 calls in 500 ms`. */
export function limitPhrase(limit: {
  readonly limit: number
  readonly period: number
  readonly unit?: string
}): string {
  const calls = count(limit.limit, limit.unit ?? 'calls')
  const period = PERIODS.find(({ milliseconds }) => limit.period % milliseconds === 0)
  if (!period) return `${calls} in ${limit.period} ms`
  const times = limit.period / period.milliseconds
  return times === 1 ? `${calls} ${period.one}` : `${calls} in ${times} ${period.many}`
}

/** Most names of a list in a message: a contract may have hundreds of paths. */
const MAX_NAMES = 10

/** `one of a, b, c`; of many names the first ones, and how many more there are. */
export function oneOf(names: readonly string[]): string {
  const rest = names.length - MAX_NAMES
  return `one of ${names.slice(0, MAX_NAMES).join(', ')}${rest > 0 ? ` and ${rest} more` : ''}`
}
