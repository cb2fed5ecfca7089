/**
 * Servers that mislead: their answers look like proof and are none. `probe` confirms nothing by them, accuses nobody, and
 * goes on where one question alone is disturbed.
 */
import { describe, expect, test, vi } from 'vitest'
import { reportText } from '../../../../src/cli/probe/report.js'
import { json, mockServer, type Probed, probe, type Server } from '../../../support/probe/run.js'

// A run is a hundred calls; on a machine that does much else they take longer.
vi.setConfig({ testTimeout: 60_000 })

interface Violation {
  readonly field: string
  readonly keyword: string
}

type Change = (request: Request, body: string, violation: Violation | undefined) => Response | undefined

/** The mock, with other answers to calls. `violation` is what the mock would refuse a call for. */
function changed(change: Change): Server {
  const { api } = mockServer()
  return async (request) => {
    const body = await request.clone().text()
    const answer = await api.fetch(request.clone())
    const violations = JSON.parse(answer.headers.get('x-contract-violations') ?? '[]') as readonly Violation[]
    return change(request, body, violations[0]) ?? answer
  }
}

/** The same, for calls that are signed right and meant for the operation. */
const signed = (change: Change): Server =>
  changed((request, body, violation) =>
    ['app-key', 'signature', 'method', 'path'].includes(violation?.keyword ?? '')
      ? undefined
      : change(request, body, violation),
  )

const refusal = (code: number, errorMessage: string, status = 400) => json(status, { url: '/', code, errorMessage })
const page = (status: number) => new Response('<html>', { status, headers: { 'content-type': 'text/html' } })

const contradicted = ({ summary }: Probed) =>
  summary.claims.filter(({ verdict }) => verdict === 'contradicted').map(({ asked, aspect }) => `${asked}: ${aspect}`)

/** Verdicts on the questions whose label fits. */
const verdictsOf = ({ summary }: Probed, asked: RegExp) => [
  ...new Set(
    summary.claims.filter((one) => one.verdict !== 'not asked' && asked.test(one.asked)).map(({ verdict }) => verdict),
  ),
]

describe('a server that refuses every call for a reason that the contract does not know', () => {
  test.each<[string, Server, RegExp]>([
    [
      'its clock, behind the signature',
      signed(() => refusal(1004, 'The timestamp has expired.', 401)),
      /every call .* in the same way, .*\("The timestamp has expired\."\)/,
    ],
    [
      'its clock, before the signature',
      changed((_request, _body, violation) =>
        violation?.keyword === 'app-key' ? undefined : refusal(1004, 'The timestamp has expired.', 401),
      ),
      /get the same answer \("The timestamp has expired\."\): the App Secret or the clock of this machine is wrong/,
    ],
    [
      'the address that calls',
      signed(() => refusal(1010, 'The IP address is not allowed.', 403)),
      /\("The IP address is not allowed\."\)/,
    ],
    ['none that it names', signed(() => json(403, {})), /\(HTTP 403\)/],
    ['a used-up limit, with another status', signed(() => refusal(1008, 'Slow down.')), /limit of the app is used up/],
  ])('%s: ends the run, judges nothing, and says its words', async (_name, server, says) => {
    const probed = await probe(server)
    expect([probed.exitCode, probed.result.rows]).toEqual([3, []])
    expect(probed.result.stopped).toMatch(says)
    expect(probed.result.stopped).toMatch(/^[A-Z].*\.$/)
    expect(probed.seen.length).toBeLessThan(10)
  })
})

test('where every refusal has the code of a missing field, only the spelling of headers is confirmed as taken', async () => {
  const probed = await probe(signed(() => refusal(1002, 'The timestamp has expired.')))
  const accepted = probed.summary.claims.filter(({ aspect }) => aspect === 'accepted')
  const others = accepted.filter(({ asked }) => !/RC-|case$/.test(asked) || asked.startsWith('media'))
  expect(others.length).toBeGreaterThan(10)
  expect(new Set(others.map(({ verdict }) => verdict))).toEqual(new Set(['consistent']))
  expect(contradicted(probed)).toEqual([])
})

/** Refuses unknown groups once all else is right, and does not look at what these rules are about. */
const unknownGroup = (
  isLax: (violation: Violation) => boolean,
  words: (body: string) => string,
  code: number,
): Server =>
  signed((_request, body, violation) =>
    violation === undefined || isLax(violation) ? refusal(code, words(body)) : undefined,
  )

const NO_GROUP = () => 'The group does not exist.'
const ofField =
  (...fields: readonly string[]) =>
  ({ field, keyword }: Violation) =>
    fields.includes(field) && !['required', 'repeated', 'encoding'].includes(keyword)

describe('a server that refuses unknown groups once all else is right', () => {
  test.each<[string, Server, RegExp]>([
    [
      'with a code of its own, and lets one field be anything',
      unknownGroup(ofField('isIncludeSender'), NO_GROUP, 2404),
      /^isIncludeSender: (a|words)/,
    ],
    [
      'with the code of the rule that it does not have',
      unknownGroup(ofField('fromUserId'), NO_GROUP, 1005),
      /^fromUserId: (65|an empty)/,
    ],
    [
      'and repeats the call as a form',
      unknownGroup(ofField('fromUserId', 'objectName', 'isIncludeSender'), (body) => `Refused: ${body}`, 1002),
      /^(fromUserId|objectName|isIncludeSender): (65|33|an empty|words)/,
    ],
    [
      'and repeats the beginning of the call',
      unknownGroup(ofField('fromUserId'), (body) => `Refused: ${body.slice(0, 20)}`, 1002),
      /^fromUserId: (65|an empty)/,
    ],
    [
      'and repeats the call as JSON',
      unknownGroup(
        ofField('fromUserId', 'objectName'),
        (body) => `Refused: ${JSON.stringify(Object.fromEntries(new URLSearchParams(body)))}`,
        1002,
      ),
      /^(fromUserId|objectName): (65|33|an empty)/,
    ],
    [
      'and names the field of the group, of which it checks nothing',
      unknownGroup(ofField('toGroupId', 'toGroupId[0]'), () => 'toGroupId: no such group', 1002),
      /^toGroupId(\[0\])?: (4|65|an empty|the same)/,
    ],
    [
      'before it looks at the type of the message',
      signed((_request, body, violation) => {
        if (!new URLSearchParams(body).get('content')) return refusal(1002, 'content: required')
        return violation === undefined || violation.field === 'objectName' ? refusal(1002, NO_GROUP()) : undefined
      }),
      /^objectName: /,
    ],
  ])('%s, proves nothing by that', async (_name, server, asked) => {
    const probed = await probe(server)
    const verdicts = verdictsOf(probed, asked)
    expect(verdicts.length).toBeGreaterThan(0)
    expect(verdicts.filter((one) => one === 'confirmed' || one === 'contradicted')).toEqual([])
    expect(contradicted(probed).filter((one) => asked.test(one))).toEqual([])
  })
})

describe('answers that differ in what they repeat of a call', () => {
  const echo = (words: (request: Request) => string): Server => {
    const { server } = mockServer()
    return async (request, n) => {
      const answer = await server(request.clone(), n)
      const found = (await answer.json()) as { readonly errorMessage: string }
      return json(answer.status, { ...found, errorMessage: `${found.errorMessage} (${words(request)})` })
    }
  }

  test.each<[string, (request: Request) => string]>([
    ['the id of the call', (request) => `call ${request.headers.get('x-request-id')}`],
    ['an id of the server', () => `trace ${crypto.randomUUID()}`],
    ['a number of the server', () => `call ${Math.random()}`],
  ])('%s: are the same answers', async (_name, words) => {
    const probed = await probe(echo(words))
    expect(probed.summary.claims.filter(({ verdict }) => verdict !== 'confirmed' && verdict !== 'not asked')).toEqual(
      [],
    )
    expect(probed.exitCode).toBe(0)
  })
})

test('a server that does not read a body whose media type has a charset is not confirmed to do so', async () => {
  const probed = await probe(
    signed((request) =>
      /;/.test(request.headers.get('content-type') ?? '')
        ? refusal(1002, 'toGroupId: required, got nothing')
        : undefined,
    ),
  )
  expect(contradicted(probed)).toEqual(['media type with a charset: accepted'])
})

test('of a server that looks at a parameter last, no call without a field shows that it takes one', async () => {
  // It refuses all that have one, once all else is right.
  const probed = await probe(
    signed((request, _body, violation) =>
      violation === undefined && request.headers.get('x-request-id') !== null
        ? refusal(1002, 'X-Request-ID: not allowed')
        : undefined,
    ),
  )
  expect(verdictsOf(probed, /^X-Request-ID: (left out|1 |36 |text of the pattern)/)).toEqual([])
})

test('a status of a success without its marks is neither taken nor refused', async () => {
  const probed = await probe(
    signed((_request, _body, violation) => (violation?.keyword === 'media-type' ? json(200, { ok: true }) : undefined)),
  )
  expect(verdictsOf(probed, /^(a JSON body|no media type)$/)).toEqual(['inconclusive'])
})

describe('one kind of call that gets no answer of the API', () => {
  test.each<[string, Server, RegExp]>([
    [
      'web pages for another method or path',
      changed((_request, _body, violation) =>
        ['method', 'path'].includes(violation?.keyword ?? '') ? page(404) : undefined,
      ),
      /^(method|path) /,
    ],
    [
      'redirects for another path',
      changed((_request, _body, violation) =>
        violation?.keyword === 'path' ? new Response(null, { status: 301, headers: { location: '/' } }) : undefined,
      ),
      /^path /,
    ],
    [
      'HTTP 501 for another method',
      changed((_request, _body, violation) => (violation?.keyword === 'method' ? json(501, {}) : undefined)),
      /^method /,
    ],
    [
      'HTTP 500 for broken escapes',
      signed((_request, _body, violation) => (violation?.keyword === 'encoding' ? json(500, {}) : undefined)),
      /^fromUserId: (a broken|bytes|UTF-8)/,
    ],
  ])('%s: is inconclusive, and the rest is judged', async (_name, server, asked) => {
    const probed = await probe(server)
    expect([probed.exitCode, probed.result.stopped, verdictsOf(probed, asked)]).toEqual([
      0,
      undefined,
      ['inconclusive'],
    ])
    const others = probed.summary.claims.filter((one) => !asked.test(one.asked) && one.verdict !== 'not asked')
    expect(new Set(others.map(({ verdict }) => verdict))).toEqual(new Set(['confirmed']))
  })

  test('where most are of that kind, the run as a whole is inconclusive', async () => {
    const probed = await probe(
      signed((_request, _body, violation) =>
        violation && violation.keyword !== 'required' && violation.keyword !== 'body' ? new Response('ok') : undefined,
      ),
    )
    expect([probed.exitCode, probed.result.stopped]).toEqual([3, undefined])
    expect(reportText(probed.result, probed.summary)).toContain(
      'Inconclusive. Most answers say nothing about the contract.',
    )
  })
})

test('an answer without a body says what its status says', async () => {
  const bodiless = changed((_request, _body, violation) =>
    violation?.keyword === 'method' ? new Response(null, { status: 405 }) : undefined,
  )
  const claims = (await probe(bodiless)).summary.claims.filter(({ asked }) => asked.startsWith('method '))
  const verdicts = new Set(claims.map(({ aspect, verdict }) => `${aspect}: ${verdict}`))
  expect([...verdicts]).toEqual(['refused: confirmed', 'status: confirmed', 'code: contradicted'])
})
