/** The form body as it leaves the client, against `URLSearchParams` of the runtime; and how the mock reads it. */
import { createMockApi } from 'rongcloud-status-message/testing'
import { holds, same, thrown } from './expect.mjs'
import { byHand, clientOf, FIELDS, KEYS, PATH } from './world.mjs'

/** The body, as text, and the media type that the client gives its `fetch`: on Deno the body is a `Blob`. */
async function sent(fields) {
  let seen
  const fetch = async (_, init) => {
    seen = { ...init, body: await new Response(init.body).text() }
    return new Response('{"code":200}')
  }
  await clientOf({ baseUrl: 'http://mock', fetch }).sendGroupStatusMessage(fields)
  return seen
}

/** How the mock reads a body that was made without the package. */
async function read(change) {
  const api = createMockApi(KEYS)
  await api.fetch(`http://mock${PATH}`, await byHand(change))
  return api
}

const ODD = ['a&b=c+d e%f#?/', '中😀', 'a\r\nb', '"\\\'<>', '\u0000\u007f', ' ', '[]', 'a,b;c']

export const cases = {
  'a list repeats its name, in order': async () => {
    const { body, headers } = await sent({ ...FIELDS, isIncludeSender: 0 })
    same(body, 'fromUserId=ann&toGroupId=north&toGroupId=south&objectName=app%3Anote&content=hello&isIncludeSender=0')
    same(new Headers(headers).get('content-type'), 'application/x-www-form-urlencoded')
  },
  'the runtime reads back what the client wrote': async () => {
    for (const content of ODD) {
      const { body } = await sent({ ...FIELDS, toGroupId: ['a,b', content.slice(0, 60)], content })
      same(new URLSearchParams(body).get('content'), content)
      same(new URLSearchParams(body).getAll('toGroupId'), ['a,b', content.slice(0, 60)])
    }
  },
  'the mock reads what the runtime wrote': async () => {
    for (const content of ODD) {
      const api = await read({ content, toGroupId: ['b', 'a'] })
      same(api.calls[0].body, { ...FIELDS, content, toGroupId: ['b', 'a'] })
      api.verify()
    }
  },
  'what is undefined is left out': async () => {
    const { body } = await sent({ ...FIELDS, isIncludeSender: undefined })
    same(new URLSearchParams(body).has('isIncludeSender'), false)
  },
  'half of a surrogate pair is refused by its name': async () => {
    const error = await thrown(() => sent({ ...FIELDS, content: 'a\ud800' }))
    holds(error.kind === 'contract' && /"?content"?/.test(error.message), error.message)
  },
  '128 KiB pass, and a byte more is too long': async () => {
    const content = '中'.repeat(43_690)
    same(new URLSearchParams((await sent({ ...FIELDS, content: `${content}xx` })).body).get('content').length, 43_692)
    const error = await thrown(() => sent({ ...FIELDS, content: `${content}xxx` }))
    same(
      error.violations.map(({ field, keyword }) => `${field} ${keyword}`),
      ['content x-max-bytes'],
    )
  },
}
