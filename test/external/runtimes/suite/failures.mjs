/** What becomes of a call when the other side fails: the same on every runtime, as far as it tells its reasons. */
import { holds, same } from './expect.mjs'
import { faultCases } from './faults.mjs'
import { clientOf, outcome, PATH } from './world.mjs'

/** Long enough for a slow machine to fail in its own time, short enough to wait for. */
const SOON = 400
const LATER = 10_000

function aborted() {
  const controller = new AbortController()
  setTimeout(() => controller.abort(), 300)
  return controller.signal
}

/** Name, options of the client from the URLs, outcome, options of the call. */
const ROWS = [
  ['no connection is known to be not processed', ({ closed }) => ({ baseUrl: closed }), ['network', 'no', 1]],
  [
    'an unknown host is known to be not processed',
    () => ({ baseUrl: 'http://no-such-host.invalid' }),
    ['network', 'no', 1],
  ],
  ['a reset is a lost connection', ({ reset }) => ({ baseUrl: reset }), ['network', 'unknown', 1]],
  ['a reset inside the answer is one too', ({ resetInside }) => ({ baseUrl: resetInside }), ['network', 'unknown', 1]],
  ['no answer is a time-out', ({ hang }) => ({ baseUrl: hang, timeout: SOON }), ['timeout', 'unknown', 1]],
  [
    'half an answer is a time-out',
    ({ hangInside }) => ({ baseUrl: hangInside, timeout: SOON }),
    ['timeout', 'unknown', 1],
  ],
  ['a redirect is not followed', ({ redirect }) => ({ baseUrl: redirect }), ['api', 'unknown', 1]],
  ['an abort ends a call under way', ({ hang }) => ({ baseUrl: hang }), ['aborted', 'unknown', 1], aborted],
]

const judged = ROWS.map(([name, options, [kind, processed, attempts], signal]) => [
  name,
  async ({ urls }) => {
    const client = clientOf({ timeout: LATER, ...options(urls) })
    same(await outcome(client, { signal: signal?.() }), { kind, processed, attempts })
  },
])

export const cases = {
  ...Object.fromEntries(judged),
  'without a connection the call goes to the backup': async ({ urls }) => {
    same(await outcome(clientOf({ baseUrl: [urls.closed, urls.good], timeout: LATER })), { groups: 2 })
  },
  'after a lost connection the next call goes to the backup': async ({ urls }) => {
    const client = clientOf({ baseUrl: [urls.reset, urls.good], timeout: LATER })
    same(
      [await outcome(client), await outcome(client)],
      [{ kind: 'network', processed: 'unknown', attempts: 1 }, { groups: 2 }],
    )
  },
  'a call over the limit waits and goes again': async ({ urls }) => {
    const { kind, processed, attempts } = await outcome(clientOf({ baseUrl: urls.limited, deadline: 2_500 }))
    same([kind, processed], ['rate-limit', 'no'])
    holds(attempts >= 2, `two attempts or more: ${attempts}`)
  },
  // The mock as a server elsewhere. `fetch` is called by name: some runtimes want no other `this`.
  ...faultCases(({ urls }, fault, work) =>
    work({ fetch: (...all) => fetch(...all), url: urls[`mock-${fault}`] + PATH }),
  ),
}
