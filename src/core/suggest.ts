/**
 * "Did you mean …?" for names that were misspelt.
 *
 * @module
 */

/** How many characters to add, drop or change to make one text of the other (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 0; i < a.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < b.length; j++) {
      const changed = (row[j] as number) + (a[i] === b[j] ? 0 : 1)
      next.push(Math.min(changed, (row[j + 1] as number) + 1, (next[j] as number) + 1))
    }
    row = next
  }
  return row[b.length] as number
}

/** How many characters two texts have in common at their start. */
function prefixOf(a: string, b: string): number {
  let length = 0
  while (length < a.length && a[length] === b[length]) length++
  return length
}

/**
 * The name that is meant, where one is near: the same but for its case, with a third of its characters wrong at most, or
 * with the same beginning, as `retries` and `retry`.
 */
export function nearest(given: string, names: readonly string[]): string | undefined {
  if (given.length > 40) return undefined
  const near = names
    .map((name) => {
      const pair = [given.toLowerCase(), name.toLowerCase()] as const
      return { name, wrong: distance(...pair), same: prefixOf(...pair) }
    })
    .sort((a, b) => a.wrong - b.wrong)
  const [best] = near
  if (best && best.wrong <= Math.max(1, best.name.length / 3)) return best.name
  return near.find(({ same }) => same >= 4)?.name
}
