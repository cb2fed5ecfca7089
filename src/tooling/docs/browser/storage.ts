/**
 * What the reader chose, kept between visits. Storage may be forbidden; then a choice lasts for the page.
 *
 * @module
 */

/** The key of the language of samples. */
export const SAMPLE_KEY = 'sample'

/** @returns what was kept, if anything was */
export function recall(key: string): string | undefined {
  try {
    return localStorage.getItem(key) ?? undefined
  } catch {
    return undefined
  }
}

/** Keeps a choice; undefined forgets it. */
export function remember(key: string, value: string | undefined): void {
  try {
    if (value === undefined) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // Nothing is kept.
  }
}
