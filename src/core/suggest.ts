/**
 * "Did you mean …?" for names that were misspelt.
 *
 * @module
 */

/** What two texts have in common at their start, and how many characters of the longer one are between start and end. */
function compare(a: string, b: string): { readonly start: number; readonly between: number } {
  const least = Math.min(a.length, b.length)
  let start = 0
  while (start < least && a[start] === b[start]) start++
  let end = 0
  while (end < least - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return { start, between: Math.max(a.length, b.length) - start - end }
}

/**
 * The name that is meant, where one is near: the same but for its case, with two characters wrong that stand together, or
 * with the same beginning, as `retries` and `retry`.
 */
export function nearest(given: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, ...compare(given.toLowerCase(), name.toLowerCase()) }))
    .filter(({ start, between }) => start > 3 || between < 3)
    .sort((a, b) => a.between - b.between)
  return best?.name
}
