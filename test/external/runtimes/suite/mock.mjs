/** The mock by its injected `fetch`: no network, no interception. */
import { ContractViolationError, createMockApi } from 'rongcloud-status-message/testing'
import { holds, same, text, thrown } from './expect.mjs'
import { faultCases } from './faults.mjs'
import { byHand, clientOf, FIELDS, KEYS, outcome, PATH } from './world.mjs'

const URL_ = `http://mock${PATH}`
const pair = (options = {}) => {
  const api = createMockApi({ ...KEYS, ...options })
  return { api, client: clientOf({ baseUrl: 'http://mock', fetch: api.fetch }) }
}

export const cases = {
  'a call is answered, decoded and kept': async () => {
    const { api, client } = pair()
    same(await outcome(client), { groups: 2 })
    same(
      api.calls.map(({ operation, body }) => ({ operation, body })),
      [{ operation: 'sendGroupStatusMessage', body: FIELDS }],
    )
    api.verify()
  },
  'a call off the contract is refused in words, and fails the test': async () => {
    const { api } = pair()
    const answer = await api.fetch(URL_, await byHand({ toGroupId: ['a', 'b', 'c', 'd'] }))
    same([answer.status, (await answer.json()).code], [400, 1002])
    const words = 'toGroupId: at most 3 groups in one call, got 4'
    holds(answer.headers.get('x-contract-violations').includes(words), 'the words in a header')
    const error = await thrown(() => api.verify())
    holds(error instanceof ContractViolationError && error.message.includes(words), 'the words in the report')
  },
  'a wrong signature is explained': async () => {
    const { api } = pair()
    same((await api.fetch(URL_, await byHand({}, { appSecret: KEYS.appKey }))).status, 401)
    holds(/signed with the App Key in place of the App Secret;/.test(api.violations[0]?.message), text(api.violations))
    holds(!text(api.calls).includes(KEYS.appSecret), 'no App Secret')
  },
  'a Request does as well as a URL': async () => {
    const { api } = pair()
    same((await api.fetch(new Request(URL_, await byHand()))).status, 200)
    same((await api.fetch(new URL(URL_), await byHand())).status, 200)
    api.verify()
  },
  'the next answer is chosen by its name': async () => {
    const { api, client } = pair()
    api.respondOnce('sendGroupStatusMessage', 'appLocked')
    same((await client.safe.sendGroupStatusMessage(FIELDS)).error.code, 1006)
    same(await outcome(client), { groups: 2 })
  },
  'a request chooses its own answer': async () => {
    const { api } = pair()
    const answer = await api.fetch(URL_, await byHand({}, { headers: { Prefer: 'code=429' } }))
    same([answer.status, answer.headers.get('preference-applied')], [429, 'code=429'])
  },
  'the rate limit counts groups by the clock it is given': async () => {
    let now = 0
    const { api } = pair({ rateLimit: { limit: 4, period: 1_000 }, now: () => now })
    const send = async () => (await api.fetch(URL_, await byHand())).status
    same([await send(), await send(), await send()], [200, 200, 429])
    now = 1_001
    same(await send(), 200)
  },
  'a nonce that comes twice is a violation under strict freshness': async () => {
    const { api } = pair({ strict: true })
    const request = await byHand()
    same((await api.fetch(URL_, request)).status, 200)
    await api.fetch(URL_, request)
    same(
      api.violations.map(({ field }) => field),
      ['Nonce'],
    )
  },
  'a reset forgets calls and violations': async () => {
    const { api } = pair()
    await api.fetch(`${URL_}x`, await byHand())
    same([api.calls.length, api.violations.length], [1, 1])
    api.reset()
    same([api.calls.length, api.violations.length], [0, 0])
  },
  'a signal that has fired ends the call': async () => {
    const { api } = pair()
    const request = { ...(await byHand()), signal: AbortSignal.abort() }
    same((await thrown(() => api.fetch(URL_, request))).name, 'AbortError')
    same(api.calls, [])
  },
  ...faultCases((_env, fault, work) => {
    const { api } = pair()
    api.respondOnce('sendGroupStatusMessage', { fault })
    return work({ api, fetch: api.fetch, url: URL_ })
  }),
}
