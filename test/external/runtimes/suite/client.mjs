/** The client over real HTTP, by the runtime's own `fetch`, to the mock on another process. */
import { createSigner, isRongCloudError, message, RongCloudError } from 'rongcloud-status-message'
import { holds, same, text, thrown } from './expect.mjs'
import { clientOf, FIELDS, isPage, KEYS, outcome, PATH } from './world.mjs'

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

export const cases = {
  'a call to two groups is answered, group by group': async ({ urls }) => {
    const { messageUIDs, requestId } = await clientOf({ baseUrl: urls.good }).sendGroupStatusMessage({
      ...FIELDS,
      ...message('RC:TypSts', { typingContentType: 'RC:TxtMsg' }),
    })
    same(
      messageUIDs.map(({ groupId }) => groupId),
      ['north', 'south'],
    )
    holds(UUID.test(requestId), `a request id: ${requestId}`)
  },
  'ten calls at once are all answered': async ({ urls }) => {
    const client = clientOf({ baseUrl: urls.good, limiter: false })
    const all = await Promise.all(Array.from({ length: 10 }, () => outcome(client)))
    same(all, Array(10).fill({ groups: 2 }))
  },
  'a batch of seven groups makes three calls': async ({ urls }) => {
    const toGroupId = ['a', 'b', 'c', 'd', 'e', 'f', 'g']
    const reached = []
    const batch = clientOf({ baseUrl: urls.good }).batch.sendGroupStatusMessage({ ...FIELDS, toGroupId })
    for await (const { chunk, data } of batch) reached.push([chunk.length, data.messageUIDs.length])
    same(reached.sort(), [
      [1, 1],
      [3, 3],
      [3, 3],
    ])
  },
  'what is off the contract is refused before it is sent': async ({ urls }) => {
    const client = clientOf({ baseUrl: urls.good })
    const fields = { ...FIELDS, toGroupId: ['a', 'b', 'c', 'd'] }
    const error = await thrown(() => client.sendGroupStatusMessage(fields))
    same([error.kind, error.attempts, error.violations.map(({ keyword }) => keyword)], ['contract', 0, ['maxItems']])
  },
  'an error is a RongCloudError, and plain data without the App Secret': async ({ urls }) => {
    const client = clientOf({ baseUrl: urls.good, appSecret: 'another-secret' })
    const error = await thrown(() => client.sendGroupStatusMessage(FIELDS))
    holds(error instanceof RongCloudError && isRongCloudError(error), 'a RongCloudError')
    same([error.code, error.status, error.processed, error.retryable], [1004, 401, 'no', false])
    holds(!`${text(error)}${error}${error.stack}`.includes('another-secret'), 'no App Secret')
  },
  'each attempt is reported': async ({ urls }) => {
    const seen = []
    const client = clientOf({
      baseUrl: [urls.good],
      onAttempt: ({ operation, attempt, status }) => seen.push([operation, attempt, status]),
    })
    await client.sendGroupStatusMessage(FIELDS)
    same(seen, [['sendGroupStatusMessage', 1, 200]])
  },
  'the openapi-fetch client beneath is signed too': async ({ urls }) => {
    const { data, response } = await clientOf({ baseUrl: urls.good }).api.POST(PATH, { body: FIELDS })
    same([response.status, data.code, data.messageUIDs.length], [200, 200, 2])
  },
  'a page must say that it may sign, and nothing else must': async () => {
    const sign = () => createSigner(KEYS)
    if (!isPage) holds(typeof sign() === 'function', 'a signer')
    else holds(/every visitor can read the App Secret/.test((await thrown(sign)).message), 'a refusal')
  },
}
