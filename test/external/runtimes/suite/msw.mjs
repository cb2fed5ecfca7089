/** MSW in front of the vendor's hosts: the client sends to them by name, and nothing leaves. */
import { createMockApi } from 'rongcloud-status-message/testing'
import { same } from './expect.mjs'
import { faultCases } from './faults.mjs'
import { byHand, clientOf, FIELDS, KEYS, outcome, PATH } from './world.mjs'

const HOST = 'https://api.sg-light-api.com'

/** Intercepts for the work, by the means of the runtime. */
async function intercepted({ intercept, connected }, work) {
  const { handlers, listenOptions } = await import('rongcloud-status-message/msw')
  const api = createMockApi(KEYS)
  const stop = await intercept(handlers(api), listenOptions)
  try {
    connected?.()
    await work(api)
    if (connected) same(connected(), 0)
  } finally {
    // In a page, MSW 3 waits for calls that hang before it stops.
    api.reset()
    await stop()
  }
}

export const cases = {
  "a call to the vendor's host is answered by the mock, and by nobody else": (env) =>
    intercepted(env, async (api) => {
      same(await outcome(clientOf({ region: 'singapore' })), { groups: 2 })
      same(
        api.calls.map(({ body }) => body),
        [FIELDS],
      )
      api.verify()
    }),
  'a fourth group is a violation': (env) =>
    intercepted(env, async (api) => {
      const answer = await fetch(HOST + PATH, await byHand({ toGroupId: ['a', 'b', 'c', 'd'] }))
      same([answer.status, (await answer.json()).code], [400, 1002])
      same(
        api.violations.map(({ field, keyword }) => `${field} ${keyword}`),
        ['toGroupId maxItems'],
      )
    }),
  'a path that is misspelt is a violation': (env) =>
    intercepted(env, async (api) => {
      const answer = await fetch(`${HOST}/statusmessage/group/publsh.json`, await byHand())
      same([answer.status, (await answer.json()).code], [404, 404])
      same(
        api.violations.map(({ field, keyword }) => `${field} ${keyword}`),
        ['path path'],
      )
    }),
  ...faultCases((env, fault, work) =>
    intercepted(env, (api) => {
      api.respondOnce('sendGroupStatusMessage', { fault })
      return work({ api, fetch: (...all) => fetch(...all), url: HOST + PATH })
    }),
  ),
}
