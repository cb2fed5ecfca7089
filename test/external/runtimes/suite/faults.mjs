/** What a bare `fetch` sees of each fault of the mock: one table for every entry point and every runtime. */
import { holds, pause, same, thrown } from './expect.mjs'
import { byHand } from './world.mjs'

/** Long enough for an answer to come, if one came. */
const A_WHILE = 150

/** By fault: what must be seen. `send` makes one call; its argument goes to `fetch`. */
const SEEN = {
  'hang: no answer until the caller gives up': async (send) => {
    const controller = new AbortController()
    const answer = send({ signal: controller.signal })
    same(await Promise.race([answer.then(String, String), pause(A_WHILE).then(() => 'nothing')]), 'nothing')
    controller.abort()
    same((await thrown(() => answer)).name, 'AbortError')
  },
  'reset: no answer, and an error at once': async (send) => {
    const { name } = await thrown(() => send())
    // Bun and workerd have errors of their own for a lost connection.
    same(name === 'Error' ? 'TypeError' : name, 'TypeError')
  },
  'truncate: status and headers, and an error in the body': async (send) => {
    const answer = await send()
    same([answer.status, answer.headers.get('content-type')], [200, 'application/json; charset=utf-8'])
    await thrown(() => answer.text())
  },
  'garbage: a success by its status, and HTML for JSON': async (send) => {
    const answer = await send()
    same([answer.status, answer.headers.get('content-type')], [200, 'text/html; charset=utf-8'])
    same((await thrown(() => answer.json())).name, 'SyntaxError')
  },
}

/**
 * The cases of one entry point.
 *
 * @param open `(env, fault, work)`: sets up the fault for one call, and gives the work `{ fetch, url }`, and `api`
 * where the mock is in the same process
 */
export const faultCases = (open) =>
  Object.fromEntries(
    Object.entries(SEEN).map(([name, see]) => [
      `a bare fetch sees the fault ${name}`,
      (env) =>
        open(env, name.split(':')[0], async ({ fetch, url, api }) => {
          const request = await byHand()
          await see((init) => fetch(url, { ...request, ...init }))
          holds(!api || api.calls.length > 0, 'the mock got the call')
        }),
    ]),
  )
