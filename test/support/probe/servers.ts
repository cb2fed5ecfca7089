/** Servers that differ from the contract, and servers that no probe can judge. */
import { createMockApi } from '../../../src/testing.js'
import { json, KEYS, mockServer, type Server, withClock } from './run.js'

/** Status and code of an answer. */
interface Said {
  readonly status: number
  readonly code: number
}

/** A change to what a request brings, or to what the mock answers. */
interface Difference {
  readonly request?: (fields: URLSearchParams, headers: Headers) => void
  readonly refuse?: (fields: URLSearchParams, headers: Headers, now: number) => string | undefined
  readonly answer?: (status: number, code: number, violation: { field: string; keyword: string }) => Said
}

const FORM = 'application/x-www-form-urlencoded'

/** Nonces that a server has seen. */
function createReplayRule(): NonNullable<Difference['refuse']> {
  const seen = new Set<string>()
  return (_fields, headers) => {
    const nonce = headers.get('nonce') ?? ''
    if (nonce === '') return undefined
    if (seen.has(nonce)) return 'The nonce was used before.'
    seen.add(nonce)
    return undefined
  }
}

/** Replaces the groups, where that changes anything: to write a body anew mends its escapes. */
function setGroups(fields: URLSearchParams, groups: readonly string[]): void {
  if (groups.join('\n') === fields.getAll('toGroupId').join('\n')) return
  fields.delete('toGroupId')
  for (const group of groups) fields.append('toGroupId', group)
}

/** Twelve differences from the contract, by name. */
export const DIFFERENCES: Readonly<Record<string, () => Difference>> = {
  'a fourth group is allowed': () => ({
    request: (fields) => setGroups(fields, fields.getAll('toGroupId').slice(0, 3)),
  }),
  'a group id may have 65 characters': () => ({
    request: (fields) =>
      setGroups(
        fields,
        fields.getAll('toGroupId').map((id) => Array.from(id).slice(0, 64).join('')),
      ),
  }),
  'it does not look inside contents': () => ({
    request: (fields) => {
      if (/^RC:(TxtMsg|TypSts|GrpNtf)$/.test(fields.get('objectName') ?? '')) fields.set('objectName', 'app:cursor')
    },
  }),
  'an empty content is allowed': () => ({
    request: (fields) => {
      if (fields.get('content') === '') fields.set('content', 'x')
    },
  }),
  'a wrong type is answered with 1005': () => ({
    answer: (status, code, { field, keyword }) =>
      field === 'isIncludeSender' && keyword === 'type' ? { status, code: 1005 } : { status, code },
  }),
  'a long content is answered with 1508': () => ({
    answer: (status, code, { field, keyword }) =>
      field === 'content' && keyword === 'x-max-bytes' ? { status: 413, code: 1508 } : { status, code },
  }),
  'JSON is answered with 1002': () => ({
    answer: (status, code, { keyword }) => (keyword === 'media-type' ? { status, code: 1002 } : { status, code }),
  }),
  'another method is an unknown address': () => ({
    answer: (status, code, { keyword }) => (keyword === 'method' ? { status: 404, code: 404 } : { status, code }),
  }),
  'a nonce of 17 characters is refused': () => ({
    refuse: (_fields, headers) => ((headers.get('nonce') ?? '').length >= 17 ? 'The nonce is too long.' : undefined),
  }),
  'seconds are refused': () => ({
    refuse: (_fields, headers) =>
      /^\d{10}$/.test(headers.get('timestamp') ?? '') ? 'The timestamp must be in milliseconds.' : undefined,
  }),
  'a clock may be half an hour off': () => ({
    refuse: (_fields, headers, now) => {
      const time = headers.get('timestamp') ?? ''
      return /^\d{13}$/.test(time) && Math.abs(Number(time) - now) > 1_800_000 ? 'The timestamp is too old.' : undefined
    },
  }),
  'a nonce may be used once': () => ({ refuse: createReplayRule() }),
}

/** The mock with these differences. */
export const differingServer = (names: readonly string[]): ReturnType<typeof withClock> =>
  withClock((clock) => {
    const differences = names.flatMap((name) => DIFFERENCES[name]?.() ?? [])
    const api = createMockApi({ ...KEYS, rateLimit: false, suspicious: 'ignore' })
    return async (request) => {
      const headers = new Headers(request.headers)
      const text = await request.text()
      const fields = new URLSearchParams(text)
      const before = fields.toString()
      if (headers.get('content-type') === FORM) for (const { request: change } of differences) change?.(fields, headers)
      // Bytes that are no UTF-8 would not survive.
      const body = fields.toString() === before ? text : fields.toString()
      const hasBody = request.method !== 'GET'
      const sent = new Request(request.url, { method: request.method, headers, ...(hasBody && { body }) })
      // `Request` names a media type where the call had none.
      if (headers.get('content-type') === null) sent.headers.delete('content-type')
      const answer = await api.fetch(sent)
      const violations = JSON.parse(answer.headers.get('x-contract-violations') ?? '[]') as {
        readonly field: string
        readonly keyword: string
      }[]
      const isSigned = !violations.some(({ keyword }) =>
        ['app-key', 'signature', 'media-type', 'path', 'method'].includes(keyword),
      )
      const refused = isSigned
        ? differences.map(({ refuse }) => refuse?.(fields, headers, clock.now())).find((one) => one !== undefined)
        : undefined
      if (refused !== undefined) return json(401, { url: '/', code: 1004, errorMessage: refused })
      const [first] = violations
      if (!first) return answer
      const found = (await answer.json()) as { readonly code: number }
      const { status, code } = differences.reduce(
        (said, { answer: change }) => (change ? change(said.status, said.code, first) : said),
        { status: answer.status, code: found.code },
      )
      return json(status, { ...found, code })
    }
  })

const refusal = (errorMessage: string) => ({ url: '/', code: 1002, errorMessage })

/** Fails as `fetch` does. */
const broken = (code: string) =>
  Promise.reject(new TypeError('fetch failed', { cause: Object.assign(new Error(code), { code }) }))

/** Refuses every call with a group, since none exists. */
function refusesUnknownGroups(): Server {
  const { api } = mockServer()
  return async (request) => {
    const body = await request.clone().text()
    const answer = await api.fetch(request)
    const violations = answer.headers.get('x-contract-violations') ?? ''
    if (/"(app-key|signature)"/.test(violations) || !/toGroupId=\w/.test(body)) return answer
    return json(400, refusal('The group does not exist.'))
  }
}

/** Refuses with the rate limit from the eleventh call on. */
function usedUp(): Server {
  const { server } = mockServer()
  return (request, n) =>
    n > 10
      ? Promise.resolve(json(429, { url: '/', code: 1008, errorMessage: 'Rate limit exceeded.' }))
      : server(request, n)
}

/** Is replaced by another server after some calls. */
function changesItsMind(): Server {
  const { server } = mockServer()
  return (request, n) => (n > 15 ? Promise.resolve(json(400, refusal('Maintenance.'))) : server(request, n))
}

const keyed = (keys: Partial<typeof KEYS>): Server => mockServer(keys).server

/** Servers that cannot be judged: how they answer, and what the probe says. */
export const UNJUDGED: Readonly<
  Record<string, { readonly server: () => Server; readonly says: RegExp; readonly calls: number }>
> = {
  'the same refusal for everything': {
    server: () => async () => json(400, refusal('Parameter error.')),
    says: /unknown App Key get the same answer/,
    calls: 3,
  },
  'an unknown App Key': {
    server: () => keyed({ appKey: 'another-key' as typeof KEYS.appKey }),
    says: /App Key or the region is wrong/,
    calls: 3,
  },
  'a wrong App Secret': {
    server: () => keyed({ appSecret: 'another-secret' as typeof KEYS.appSecret }),
    says: /the App Secret or the clock of this machine is wrong/,
    calls: 3,
  },
  'a locked app': {
    server: () => async () => json(401, { url: '/', code: 1006, errorMessage: 'x' }),
    says: /refuses every call of this app: App is locked or deleted/,
    calls: 1,
  },
  'made-up ids that are refused': { server: refusesUnknownGroups, says: /refuses made-up ids/, calls: 7 },
  'a web page': {
    server: () => async () => new Response('<html>Sign in</html>', { headers: { 'content-type': 'text/html' } }),
    says: /a proxy or another host answered/,
    calls: 1,
  },
  'a redirect': {
    server: () => async () => new Response('', { status: 302, headers: { location: 'http://127.0.0.1:8/' } }),
    says: /sent the call to another address/,
    calls: 1,
  },
  'no answer': {
    server: () => (request) =>
      new Promise((_done, fail) => request.signal.addEventListener('abort', () => fail(request.signal.reason))),
    says: /Twice in a row: The server did not answer/,
    calls: 2,
  },
  'errors of its own': {
    server: () => async () => json(500, { code: 1000 }),
    says: /Twice in a row: The server had an error of its own \(HTTP 500\)/,
    calls: 2,
  },
  'a used-up limit after ten calls': { server: usedUp, says: /rate limit of the app is used up/, calls: 11 },
  'connections that break': {
    server: () => () => broken('ECONNRESET'),
    says: /Twice in a row: The connection failed \(ECONNRESET\)/,
    calls: 2,
  },
  'a wrong certificate': {
    server: () => () => broken('DEPTH_ZERO_SELF_SIGNED_CERT'),
    says: /The certificate or the encryption of the host is wrong/,
    calls: 1,
  },
  'text that is no JSON': {
    server: () => async () => new Response('ok'),
    says: /The answer is not a JSON object/,
    calls: 2,
  },
  'a success for everything': {
    server: () => async () => json(200, { code: 200 }),
    says: /accepted a call without the required field/,
    calls: 3,
  },
  'other answers to the same calls': {
    server: changesItsMind,
    says: /answers the same control calls differently/,
    calls: 26,
  },
}
