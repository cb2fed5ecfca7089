/** `probe` against servers that differ from the contract: each difference is found, with its direction, and nothing else. */
import { describe, expect, test, vi } from 'vitest'
import { reportText } from '../../../../src/cli/probe/report.js'
import { json, mockServer, type Probed, probe, type Server } from '../../../support/probe/run.js'
import { DIFFERENCES, differingServer } from '../../../support/probe/servers.js'

// A run is a hundred calls; on a machine that does much else they take longer.
vi.setConfig({ testTimeout: 60_000 })

const STRICTER = 'the contract is stricter'
const LAXER = 'the contract is laxer'
const OTHER = 'the contract names another answer'

/** What each difference contradicts: the question, the aspect, the direction. */
const EXPECTED: Readonly<
  Record<string, readonly (readonly [asked: RegExp, aspect: string, direction: string, count: number])[]>
> = {
  'a fourth group is allowed': [[/^toGroupId: 4 items$/, 'refused', STRICTER, 1]],
  'a group id may have 65 characters': [[/^toGroupId\[0\]: 65 characters/, 'refused', STRICTER, 2]],
  'it does not look inside contents': [[/, content: text that is no JSON$/, 'refused', STRICTER, 3]],
  'an empty content is allowed': [[/^content: an empty text$/, 'refused', STRICTER, 1]],
  'a wrong type is answered with 1005': [
    [/^isIncludeSender: (a fraction|words|a hex|an exp|an empty)/, 'code', OTHER, 5],
  ],
  'a long content is answered with 1508': [
    [/^content: 131073 bytes/, 'code', OTHER, 2],
    [/^content: 131073 bytes/, 'status', OTHER, 2],
  ],
  'JSON is answered with 1002': [[/^(a JSON body|no media type)$/, 'code', OTHER, 2]],
  'another method is an unknown address': [
    [/^method /, 'code', OTHER, 3],
    [/^method /, 'status', OTHER, 3],
  ],
  'a nonce of 17 characters is refused': [[/^Nonce: (longer|18|36|64)/, 'accepted', LAXER, 4]],
  'seconds are refused': [[/^Timestamp: seconds/, 'accepted', LAXER, 1]],
  'a clock may be half an hour off': [[/^Timestamp: (a year|a day|an hour) /, 'accepted', LAXER, 5]],
  'a nonce may be used once': [[/^Nonce: the same headers/, 'accepted', LAXER, 2]],
}

const contradicted = ({ summary }: Probed) =>
  summary.claims
    .filter(({ verdict }) => verdict === 'contradicted')
    .map(({ asked, aspect, direction }) => ({ asked, aspect, direction }))

/** The contradictions that a difference accounts for. */
const belongsTo =
  (name: string) =>
  ({ asked, aspect, direction }: ReturnType<typeof contradicted>[number]) =>
    EXPECTED[name]?.some(([label, one, way]) => label.test(asked) && one === aspect && way === direction)

describe('all twelve differences at once', async () => {
  const names = Object.keys(DIFFERENCES)
  const probed = await probe(differingServer(names))
  const found = contradicted(probed)

  test.each(names)('%s', (name) => {
    const count = EXPECTED[name]?.reduce((sum, [, , , one]) => sum + one, 0)
    expect(found.filter(belongsTo(name))).toHaveLength(count ?? Number.NaN)
  })

  test('the assumptions that these differences break are contradicted, and no other', () => {
    const broken = probed.summary.assumptions.filter(({ verdict }) => verdict === 'contradicted').map(({ id }) => id)
    expect(broken.toSorted()).toEqual([
      'content-off-its-type',
      'empty-content',
      'fourth-group',
      'group-id-characters',
      'long-content-code',
      'nonce-length',
      'nonce-replay',
      'other-media-type',
      'timestamp-skew',
    ])
  })

  test('three messages that are no JSON are one sentence of the report', () => {
    expect(reportText(probed.result, probed.summary)).toContain('The server does not look inside messages')
  })

  test('nothing else is accused, within the limit of requests, and the exit code says that something is new', () => {
    expect(found.filter((one) => !names.some((name) => belongsTo(name)(one)))).toEqual([])
    expect([names.length, probed.exitCode, probed.result.stopped]).toEqual([12, 1, undefined])
    expect(probed.result.requests).toBeLessThanOrEqual(150)
    // Each contradiction is asked twice, which leaves no calls for the last questions.
    expect(reportText(probed.result, probed.summary)).toMatch(/^ +[1-9]\d* {2}the limit of 150 requests is reached$/m)
    expect(
      probed.summary.claims
        .filter(({ verdict }) => verdict === 'inconclusive' || verdict === 'consistent')
        .map(({ id, reason }) => [id, reason]),
    ).toEqual([])
  })
})

test('a server that folds a group named four times into one contradicts that it counts four times', async () => {
  const { server } = mockServer()
  const folding: Server = async (request, n) => {
    const body = await request.clone().text()
    const pairs = body.split('&')
    const folded = [...new Set(pairs)].join('&')
    const isFolded = pairs.length - new Set(pairs).size === 3
    return server(isFolded ? new Request(request, { body: folded }) : request, n)
  }
  const probed = await probe(folding)
  expect(contradicted(probed)).toEqual([
    { asked: 'toGroupId: the same 4 times', aspect: 'refused', direction: STRICTER },
  ])
  expect(probed.summary.assumptions.find(({ id }) => id === 'group-named-twice')?.verdict).toBe('contradicted')
})

const FORM = 'application/x-www-form-urlencoded'

/** A server of which `other` answers right calls whose body is empty or no form. */
function readingOnlyForms(other: (request: Request, body: string) => Promise<Response> | Response): Server {
  const { api } = mockServer()
  return async (request) => {
    const body = await request.clone().text()
    const answer = await api.fetch(request.clone())
    const violations = answer.headers.get('x-contract-violations') ?? ''
    const isOther =
      body === '' || !/^application\/x-www-form-urlencoded/i.test(request.headers.get('content-type') ?? '')
    return isOther && !/"(app-key|signature|method|path)"/.test(violations) ? other(request, body) : answer
  }
}

const misses = (errorMessage: string) => () => json(400, { url: '/', code: 1002, errorMessage })

/** The same fields as a form, taken by the mock with the headers of the request. */
function readingJson(): Server {
  const { api } = mockServer()
  return readingOnlyForms((request, body) => {
    const fields = body.startsWith('{') ? (JSON.parse(body) as Record<string, string | readonly string[]>) : undefined
    const pairs = Object.entries(fields ?? {}).flatMap(([name, value]) => [value].flat().map((one) => [name, one]))
    const headers = new Headers(request.headers)
    headers.set('content-type', FORM)
    const form = fields ? new URLSearchParams(pairs as string[][]).toString() : body
    return api.fetch(new Request(request.url, { method: request.method, headers, body: form }))
  })
}

const CODE = { aspect: 'code', direction: OTHER } as const
const TAKEN = { aspect: 'refused', direction: STRICTER } as const

describe.each<[string, () => Server, { aspect: string; direction: string }]>([
  ['names its first missing field', () => readingOnlyForms(misses('toGroupId: required, got nothing')), CODE],
  ['says that there is no body', () => readingOnlyForms(misses('no body')), CODE],
  ['reads it all the same', readingJson, TAKEN],
])('a server that for a body of another media type %s', (_name, server, difference) => {
  test('contradicts that alone', async () => {
    const { summary, result } = await probe(server())
    const asked = ['a JSON body', 'no media type']
    expect(result.stopped).toBeUndefined()
    expect(contradicted({ summary } as Probed)).toEqual(asked.map((one) => ({ asked: one, ...difference })))
    const body = summary.claims.filter((one) => one.asked === 'no fields at all')
    expect(body.map(({ verdict }) => verdict)).toEqual(['confirmed', 'confirmed', 'confirmed'])
  })
})

test('a server that says the same of every right call with a mistake proves nothing by it', async () => {
  const { api } = mockServer()
  const same: Server = async (request) => {
    const answer = await api.fetch(request)
    const violations = answer.headers.get('x-contract-violations') ?? ''
    return answer.status === 400 && !violations.includes('app-key') ? misses('Parameter error.')() : answer
  }
  const probed = await probe(same)
  const claims = probed.summary.claims.filter(({ verdict }) => verdict === 'confirmed' || verdict === 'contradicted')
  const fields = [...new Set(claims.filter(({ aspect }) => aspect !== 'accepted').map(({ asked }) => asked))]
  // What is answered with other codes or before the fields, and nothing else.
  expect(fields.filter((asked) => !/^(App-Key|Nonce|Timestamp|Signature|method|path)/.test(asked))).toEqual([])
})
