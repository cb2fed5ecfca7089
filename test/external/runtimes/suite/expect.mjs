/** What a case asks for, on any runtime: each throws and tells both values. */

/** JSON whose keys are in order, so that equal values have equal texts. */
export const text = (value) =>
  JSON.stringify(value, (_, one) =>
    one && typeof one === 'object' && !Array.isArray(one)
      ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
      : one,
  ) ?? String(value)

export function same(got, wanted) {
  if (text(got) !== text(wanted)) throw new Error(`got ${text(got)}, wanted ${text(wanted)}`)
}

export function holds(condition, what) {
  if (!condition) throw new Error(`not so: ${what}`)
}

/** The error that the work ends with. */
export async function thrown(work) {
  try {
    await work()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}

export const pause = (milliseconds) => new Promise((done) => setTimeout(done, milliseconds))
