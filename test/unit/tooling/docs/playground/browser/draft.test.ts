/** The request of a draft, and the same call for curl and in TypeScript. */
import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import {
  curlSample,
  DEFAULTS,
  draftWith,
  NASTY,
  newCallIdentity,
  splitHeaders,
  typedFields,
  typescriptSample,
  wireRequest,
} from '../../../../../support/playground.js'

const IDENTITY = { nonce: 'n1', timestamp: 1_700_000_000_000, requestId: 'r1' }

describe('the request', () => {
  test('has four signing headers, and one pair for each group', () => {
    const request = wireRequest(draftWith(), IDENTITY)
    expect([request.method, request.path, request.host]).toEqual([
      'POST',
      '/statusmessage/group/publish.json',
      'api.rong-api.com',
    ])
    expect(request.headers).toEqual([
      ['App-Key', 'playground'],
      ['Nonce', 'n1'],
      ['Timestamp', '1700000000000'],
      ['Signature', createHash('sha1').update('not-a-secretn11700000000000').digest('hex')],
      ['X-Request-ID', 'r1'],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ])
    const pairs = new URLSearchParams(request.body)
    expect(pairs.getAll('toGroupId')).toEqual(['2193', '2192'])
    expect(pairs.get('content')).toBe(NASTY)
  })

  test('is signed with the wrong secret when asked', () => {
    const draft = { ...draftWith(), settings: { ...DEFAULTS, wrongSecret: true } }
    const { parts } = wireRequest(draft, IDENTITY)
    expect(parts['signature']).toBe(createHash('sha1').update('another-secretn11700000000000').digest('hex'))
  })

  test('goes to the chosen host, below its path', () => {
    const draft = { ...draftWith(), settings: { ...DEFAULTS, server: 'https://a.example/proxy/' } }
    expect(wireRequest(draft, IDENTITY)).toMatchObject({
      host: 'a.example',
      path: '/proxy/statusmessage/group/publish.json',
    })
  })

  test('has the request id and other headers that were filled in', () => {
    const { headers } = wireRequest(draftWith({}, { 'x-request-ID': 'mine', 'X-Board': 'red' }), IDENTITY)
    expect(headers.slice(4)).toEqual([
      ['X-Request-ID', 'mine'],
      ['X-Board', 'red'],
      ['Content-Type', 'application/x-www-form-urlencoded'],
    ])
    expect(splitHeaders({ headers: { 'X-Request-ID': 'mine', 'X-Board': 'red' } })).toEqual({
      headers: { 'X-Board': 'red' },
      requestId: 'mine',
    })
    expect(splitHeaders({ headers: {} })).toEqual({ headers: {} })
  })

  test('has numbers where the contract has numbers, and a list where it has a list', () => {
    expect(typedFields(draftWith({ toGroupId: ['one'], isIncludeSender: ['1'] }))).toMatchObject({
      toGroupId: ['one'],
      isIncludeSender: 1,
      fromUserId: '2191',
    })
  })

  test('has a new nonce, time and id each time, within the limits of the contract', () => {
    const [first, second] = [newCallIdentity(), newCallIdentity()]
    expect(first.nonce).toMatch(/^[0-9a-f]{18}$/)
    expect(first.requestId).toMatch(/^[0-9a-f-]{36}$/)
    expect(second.nonce).not.toBe(first.nonce)
    expect(second.requestId).not.toBe(first.requestId)
    expect(Math.abs(first.timestamp - Date.now())).toBeLessThan(10_000)
  })
})

describe('for curl', () => {
  test('a sample signs, and quotes any message', () => {
    expect(curlSample(draftWith({}, { 'X-Request-ID': "it's-mine" }))).toBe(
      String.raw`: "$\{RONGCLOUD_APP_KEY:?}" "$\{RONGCLOUD_APP_SECRET:?}" # from the environment
nonce=$(openssl rand -hex 9)
timestamp=$(date +%s)000
signature=$(printf %s "$RONGCLOUD_APP_SECRET$nonce$timestamp" \
  | openssl dgst -sha1 -r | cut -d ' ' -f 1)

curl "$\{RONGCLOUD_BASE_URL:-https://api.rong-api.com}/statusmessage/group/publish.json" \
  -H "App-Key: $RONGCLOUD_APP_KEY" \
  -H "Nonce: $nonce" \
  -H "Timestamp: $timestamp" \
  -H "Signature: $signature" \
  -H 'X-Request-ID: it'\''s-mine' \
  --data-urlencode 'fromUserId=2191' \
  --data-urlencode 'toGroupId=2193' \
  --data-urlencode 'toGroupId=2192' \
  --data-urlencode 'objectName=RC:TxtMsg' \
  --data-urlencode 'content={"content":"it'\''s BACKTICK$HOMEBACKTICK \\ \"群\" +%&=?#\n@x"}' \
  --data-urlencode 'isIncludeSender=0'`
        .replaceAll('BACKTICK', '`')
        .replaceAll('$\\{', '${'),
    )
  })

  test('a message that is too long for an argument comes from standard input', () => {
    const long = draftWith({ content: ['群'.repeat(43_690)] })
    const script = curlSample(long)
    expect(script).toContain(" \\\n  --data @- <<'END'\n")
    expect(script.endsWith(`\n${wireRequest(long, IDENTITY).body}\nEND`)).toBe(true)
    expect(script).not.toContain('--data-urlencode')
  })

  test('a call without fields has an empty form', () => {
    expect(curlSample({ ...draftWith(), fields: {} })).toMatch(
      / \\\n {2}-H 'Content-Type: application\/x-www-form-urlencoded' -d ''$/,
    )
  })
})

describe('in TypeScript', () => {
  test('a predefined type whose content is compact JSON uses `message`', () => {
    expect(
      typescriptSample(draftWith({}, { 'X-Request-ID': "it's-mine" })),
    ).toBe(`import { createClient, message } from 'rongcloud-status-message'

const client = createClient({
  appKey: process.env['RONGCLOUD_APP_KEY'] ?? '',
  appSecret: process.env['RONGCLOUD_APP_SECRET'] ?? '',
  baseUrl: process.env['RONGCLOUD_BASE_URL'] ?? 'https://api.rong-api.com',
})

const answer = await client.sendGroupStatusMessage({
  fromUserId: '2191',
  toGroupId: ['2193', '2192'],
  ...message('RC:TxtMsg', { content: 'it\\'s \`$HOME\` \\\\ "群" +%&=?#\\n@x' }),
  isIncludeSender: 0,
}, { requestId: 'it\\'s-mine' })
console.log(answer)`)
  })

  test('any other content is a string', () => {
    const custom = typescriptSample(draftWith({ objectName: ['app:cursor'], content: ['x=120;y=48'] }))
    expect(custom).toContain("  objectName: 'app:cursor',\n  content: 'x=120;y=48',\n")
    expect(custom).toContain("import { createClient } from 'rongcloud-status-message'\n")
    const spaced = typescriptSample(draftWith({ content: ['{ "content": "x" }'] }))
    expect(spaced).toContain('  objectName: \'RC:TxtMsg\',\n  content: \'{ "content": "x" }\',\n')
    expect(typescriptSample(draftWith({ objectName: ['constructor'] }))).toContain("  objectName: 'constructor',\n")
  })

  test('headers are options', () => {
    expect(typescriptSample(draftWith({}, { 'X-Board': 'red' }))).toContain("}, { headers: { 'X-Board': 'red' } })\n")
  })
})
