/** The mock behind `node:http`, opened inside the runtime itself. */
import { createMockApi } from 'rongcloud-status-message/testing'
import { holds, same, thrown } from './expect.mjs'
import { faultCases } from './faults.mjs'
import { byHand, clientOf, FIELDS, KEYS, outcome, PATH } from './world.mjs'

/** Opens a server for the work and closes it behind. */
async function serving(work, options) {
  const { startServer } = await import('rongcloud-status-message/server')
  const api = createMockApi(KEYS)
  const server = await startServer(api, options)
  try {
    await work({ api, server, url: server.url + PATH })
  } finally {
    await server.close()
  }
}

export const cases = {
  'a client of this runtime is answered': () =>
    serving(async ({ api, server }) => {
      same(await outcome(clientOf({ baseUrl: server.url })), { groups: 2 })
      same(api.calls[0].body, FIELDS)
      api.verify()
    }),
  'a call off the contract is refused in words': () =>
    serving(async ({ url }) => {
      const answer = await fetch(url, await byHand({ fromUserId: [] }))
      same([answer.status, (await answer.json()).code], [400, 1002])
      const [{ message }] = JSON.parse(answer.headers.get('x-contract-violations'))
      same(message, 'fromUserId: required, got nothing')
    }),
  'a body that is too long is refused, and the next is answered': () =>
    serving(
      async ({ url }) => {
        const { status, text } = await fetch(url, await byHand({ content: 'x'.repeat(5_000) }))
        holds(status >= 400 && text, `refused: ${status}`)
        same((await fetch(url, await byHand())).status, 200)
      },
      { maxBody: 2_000 },
    ),
  'it tells its calls, and forgets them': () =>
    serving(async ({ server, url }) => {
      await (await fetch(url, await byHand())).text()
      const calls = await (await fetch(`${server.url}/__calls`)).json()
      same(calls[0].body, FIELDS)
      same((await fetch(`${server.url}/__reset`, { method: 'POST' })).status, 204)
      same(await (await fetch(`${server.url}/__calls`)).json(), [])
    }),
  'a port that is taken is told': () =>
    serving(async ({ server, api }) => {
      const { startServer } = await import('rongcloud-status-message/server')
      same((await thrown(() => startServer(api, { port: server.port }))).code, 'EADDRINUSE')
    }),
  'closed, also twice, it answers nobody': async () => {
    let closed
    await serving(async ({ server }) => {
      await server.close()
      closed = server.url
    })
    same((await outcome(clientOf({ baseUrl: closed }))).kind, 'network')
  },
  ...faultCases((_env, fault, work) =>
    serving(({ api, url }) => {
      // Deno sends again after a lost connection.
      api.respondOnce('sendGroupStatusMessage', { fault }, { times: 5 })
      return work({ api, fetch, url })
    }),
  ),
}
