/**
 * The suite of the package for any runtime: no test framework, nothing of Node. A case is a name and a function that
 * throws. Rooms of cases are loaded one by one, so that one that a runtime cannot load leaves the others alone.
 */

/** Longest time of a case, in milliseconds. */
const LONGEST = 30_000

/** Where the cases of each column are. */
const ROOMS = {
  client: async () => (await import('./client.mjs')).cases,
  failures: async () => (await import('./failures.mjs')).cases,
  mock: async () => (await import('./mock.mjs')).cases,
  server: async () => (await import('./server.mjs')).cases,
  limiter: async () => (await import('./limiter.mjs')).cases,
  signature: async () => (await import('./signature.mjs')).cases,
  form: async () => (await import('./form.mjs')).cases,
  contract: async () => (await import('./contract.mjs')).cases,
  vectors: async () => (await import('./contract.mjs')).vectors,
  msw: async () => (await import('./msw.mjs')).cases,
}

/** Names of all cases of a column. */
export const namesOf = async (column) => Object.keys(await ROOMS[column]())

const told = (error) => {
  const { name, message, cause } = error ?? {}
  return `${name ?? 'thrown'}: ${message ?? error}${cause?.message ? ` (${cause.message})` : ''}`.slice(0, 500)
}

async function ended(run, env) {
  let timer
  const late = new Promise((_, fail) => {
    timer = setTimeout(() => fail(new Error(`no end within ${LONGEST} ms`)), LONGEST)
  })
  try {
    await Promise.race([(async () => run(env))(), late])
    return undefined
  } catch (error) {
    return told(error)
  } finally {
    clearTimeout(timer)
  }
}

/**
 * Runs the columns, one case after another; for each case its name, and its error if it has one.
 * `env` has `urls` of the failing hosts; for `msw` also `intercept(handlers, options)`, which resolves with what stops
 * it, and, where the runtime can tell, `connected()`: the connections since it was last asked.
 */
export async function runSuite(columns, env) {
  const report = {}
  for (const column of columns) {
    const outcomes = []
    for (const [name, run] of Object.entries(await ROOMS[column]())) {
      outcomes.push({ name, error: await ended(run, env) })
    }
    report[column] = outcomes
  }
  return report
}
