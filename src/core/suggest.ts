/**
 * "Did you mean …?" for names that were misspelt.
 *
 * @module
 */

/** The length of the common start of two texts, and how many characters of the longer one lie between common start and common end. */
function compare(a: string, b: string): { readonly start: number; readonly between: number } {
  const shorterLength = Math.min(a.length, b.length)
  let start = 0
  while (start < shorterLength && a[start] === b[start]) start++
  let end = 0
  while (end < shorterLength - start && a.at(-1 - end) === b.at(-1 - end)) end++
  return { start, between: Math.max(a.length, b.length) - start - end }
}

/**
 * The name that was probably meant, if any. A name qualifies when it differs only in case, when at most two adjacent
 * characters differ, or when the first four characters are the same, as in `retries` and `retry`.
 */
export function nearest(misspelt: string, names: readonly string[]): string | undefined {
  const [best] = names
    .map((name) => ({ name, ...compare(misspelt.toLowerCase(), name.toLowerCase()) }))
    .filter(({ start, between }) => start > 3 || between < 3)
    .sort((a, b) => a.between - b.between)
  return best?.name
}
