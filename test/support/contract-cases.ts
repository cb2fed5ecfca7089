/** One table of valid and invalid requests. Each row holds for every entry point of the mock. */
import { form, KEYS, PAIRS, PATH, PATHS, type RawRequest, raw, sha1, signedHeaders, withPairs } from './raw-request.js'

export interface Case {
  readonly name: string
  readonly request: RawRequest
  /** The violation that must be found; undefined for a request on the contract. */
  readonly violation?: { readonly keyword: string; readonly field: string; readonly message: string | RegExp }
  readonly status: number
  readonly code: number
}

const body = (out: readonly string[], added: readonly (readonly [string, string])[] = []) =>
  raw({ body: withPairs(out, added) })
const good = (name: string, request: RawRequest): Case => ({ name, request, status: 200, code: 200 })
const bad = (
  name: string,
  request: RawRequest,
  [keyword, field, message]: [string, string, string | RegExp],
  [status, code]: [number, number] = [400, 1002],
): Case => ({ name, request, violation: { keyword, field, message }, status, code })

const group = (id: string) => ['toGroupId', id] as const
const headersWithout = (name: string) =>
  Object.fromEntries(Object.entries(signedHeaders()).filter(([key]) => key !== name))
const resigned = (signature: string, timestamp = '1408710653000') =>
  raw({ headers: { ...signedHeaders({ timestamp }), Signature: signature } })
const { appKey, appSecret } = KEYS
const cjk = (bytes: number) => '中'.repeat(Math.floor(bytes / 3)) + 'x'.repeat(bytes % 3)
const custom = (content: string) =>
  body(
    ['objectName', 'content'],
    [
      ['objectName', 'app:note'],
      ['content', content],
    ],
  )

const ONE = ['fromUserId', 'toGroupId', 'objectName', 'content'].map((name) => [name, 'x'] as const)

/** The 5 on the contract and the 15 off it that other mocks were measured with. */
export const TWENTY: readonly Case[] = [
  good("the vendor's example to two groups", raw()),
  good('one group', body(['toGroupId'], [group('2193')])),
  good('three groups', body([], [group('2194')])),
  good('a custom type whose content is not JSON', custom('x=120;y=48')),
  good('without the optional field', body(['isIncludeSender'])),

  bad('no sender', body(['fromUserId']), ['required', 'fromUserId', 'fromUserId: required, got nothing']),
  bad('no group', body(['toGroupId']), ['required', 'toGroupId', 'toGroupId: required, got nothing']),
  bad('four groups', body([], [group('2194'), group('2195')]), [
    'maxItems',
    'toGroupId',
    'toGroupId: at most 3 groups in one call, got 4',
  ]),
  bad('an integer that is text', body(['isIncludeSender'], [['isIncludeSender', 'yes']]), [
    'type',
    'isIncludeSender',
    'isIncludeSender: an integer, got "yes"',
  ]),
  bad('an integer out of its range', body(['isIncludeSender'], [['isIncludeSender', '2']]), [
    'enum',
    'isIncludeSender',
    'isIncludeSender: one of 0, 1, got 2',
  ]),
  bad('an integer in hexadecimal', body(['isIncludeSender'], [['isIncludeSender', '0x1']]), [
    'type',
    'isIncludeSender',
    'isIncludeSender: an integer, got "0x1"',
  ]),
  bad('a sender named twice', body([], [['fromUserId', '2199']]), [
    'repeated',
    'fromUserId',
    'fromUserId: one value, got 2',
  ]),
  bad(
    'a custom type of 33 characters',
    body(['objectName'], [['objectName', 'a'.repeat(33)]]),
    ['maxLength', 'objectName', 'objectName: at most 32 characters, got 33'],
    [400, 1005],
  ),
  bad('a custom type that takes the reserved prefix', body(['objectName'], [['objectName', 'RC:Mine']]), [
    'x-reserved-prefix',
    'objectName',
    /^objectName: a known message type, .*got "RC:Mine"$/,
  ]),
  bad(
    'content of 128 KiB and one byte, in characters of three bytes',
    custom(cjk(131_073)),
    ['x-max-bytes', 'content', 'content: at most 131072 bytes of UTF-8, got 131073'],
    [400, 1005],
  ),
  bad(
    'a JSON body',
    raw({
      headers: { ...signedHeaders(), 'Content-Type': 'application/json' },
      body: JSON.stringify(Object.fromEntries(PAIRS)),
    }),
    ['media-type', 'Content-Type', 'Content-Type: application/x-www-form-urlencoded, got application/json'],
    [400, 1003],
  ),
  bad(
    'no signature',
    raw({ headers: headersWithout('Signature') }),
    ['signature', 'Signature', 'Signature: the header Signature or RC-Signature, got nothing'],
    [401, 1004],
  ),
  bad(
    'a signature made with another secret',
    raw({ headers: signedHeaders({ secret: 'another' }) }),
    [
      'signature',
      'Signature',
      /^Signature: does not fit: the App Secret, the Nonce, the Timestamp or the way they are joined differs; it must be /,
    ],
    [401, 1004],
  ),
  bad('another method', raw({ method: 'PUT' }), ['method', 'method', 'method: POST, got PUT'], [405, 405]),
  bad(
    'another path',
    raw({ path: '/statusmessage/groups/publish.json' }),
    ['path', 'path', `path: one of ${PATHS.join(', ')}, got /statusmessage/groups/publish.json`],
    [404, 404],
  ),
]

/** A request without a body, under any media type. */
export const NO_BODY: readonly Case[] = [
  undefined,
  'application/x-www-form-urlencoded',
  'application/json',
  'text/plain',
  'multipart/form-data; boundary=x',
].map((mediaType) =>
  bad(
    `no body, and ${mediaType ?? 'no media type'}`,
    raw({
      headers: { ...headersWithout('Content-Type'), ...(mediaType !== undefined && { 'Content-Type': mediaType }) },
      body: '',
    }),
    ['body', 'body', 'body: form fields, got an empty body'],
  ),
)

/** More of our own. */
export const MORE: readonly Case[] = [
  ...['toGroupId[]', 'toGroupId[0]', 'toGroupID', 'to_group_id', 'togroupid'].map((name) =>
    bad(`groups under the name ${name}`, body(['toGroupId'], [[name, '2193']]), [
      'required',
      'toGroupId',
      `toGroupId: required, got "${name}" in its place`,
    ]),
  ),
  bad('groups under a name with brackets inside', body(['toGroupId'], [['to[]GroupId', '2193']]), [
    'required',
    'toGroupId',
    'toGroupId: required, got nothing',
  ]),
  bad('four groups, and one under another name', body([], [group('1'), group('2'), ['togroupid', '3']]), [
    'maxItems',
    'toGroupId',
    'toGroupId: at most 3 groups in one call, got 4',
  ]),
  bad('a form whose first name begins like JSON', raw({ body: '{x=1&fromUserId=2191' }), [
    'required',
    'toGroupId',
    'toGroupId: required, got nothing',
  ]),
  bad('a form of nothing but what is unlisted, with a brace in it', raw({ body: 'x={' }), [
    'required',
    'fromUserId',
    'fromUserId: required, got nothing',
  ]),
  bad('groups under a name that is nothing like it', body(['toGroupId'], [['groupId', '2193']]), [
    'required',
    'toGroupId',
    'toGroupId: required, got nothing',
  ]),
  bad('JSON under the type of a form', raw({ body: JSON.stringify(Object.fromEntries(PAIRS)) }), [
    'body',
    'body',
    'body: form fields, got JSON',
  ]),
  bad('a JSON list under the type of a form', raw({ body: '\n [{"a":1}]' }), [
    'body',
    'body',
    'body: form fields, got JSON',
  ]),
  good('the headers with the RC- prefix', raw({ headers: signedHeaders({ prefix: 'RC-' }) })),
  good(
    'header names in another case',
    raw({ headers: Object.fromEntries(Object.entries(signedHeaders()).map(([k, v]) => [k.toUpperCase(), v])) }),
  ),
  good('seconds for milliseconds, signed as sent', raw({ headers: signedHeaders({ timestamp: '1408710653' }) })),
  good('a nonce of 19 digits', raw({ headers: signedHeaders({ nonce: '5577006791947779410' }) })),
  good('a signature in upper case', resigned(sha1(`${appSecret}14314${'1408710653000'}`).toUpperCase())),
  good(
    'a media type with a charset',
    raw({ headers: { ...signedHeaders(), 'Content-Type': 'application/x-www-form-urlencoded; charset=UTF-8' } }),
  ),
  good(
    'a media type with a space in front of its charset',
    raw({ headers: { ...signedHeaders(), 'Content-Type': 'application/x-www-form-urlencoded ;charset=UTF-8' } }),
  ),
  good(
    'fields that the contract does not list',
    body(
      [],
      [
        ['verifyBlacklist', '0'],
        ['__proto__', 'x'],
      ],
    ),
  ),
  good('spaces as plus signs', raw({ body: withPairs(['fromUserId']).concat('&fromUserId=a+b') })),
  good('a colon that is not escaped', raw({ body: form(PAIRS).replace('RC%3A', 'RC:') })),
  good('a comma inside a group id', body(['toGroupId'], [group('a,b')])),
  good('a query behind the path', raw({ path: `${PATH}?a=b` })),
  good('content of exactly 128 KiB, in characters of three bytes', custom(cjk(131_072))),
  good('content of exactly 128 KiB of ASCII', custom('x'.repeat(131_072))),
  good('a custom type of 32 characters', body(['objectName'], [['objectName', 'a'.repeat(32)]])),
  good('a group id of 64 characters', body(['toGroupId'], [group('中'.repeat(64))])),
  good('an id with a space and an underscore', body(['fromUserId'], [['fromUserId', 'user_1 a']])),
  good('fields of one character', body(['fromUserId', 'toGroupId', 'objectName', 'content'], ONE)),
  good('a user id of 64 bytes', body(['fromUserId'], [['fromUserId', `${'中'.repeat(21)}x`]])),
  good('a request id of one character', raw({ headers: { ...signedHeaders(), 'X-Request-ID': '~' } })),
  good('a request id of 36 characters', raw({ headers: { ...signedHeaders(), 'X-Request-ID': 'r'.repeat(36) } })),

  ...NO_BODY,
  bad(
    'no media type',
    raw({ headers: headersWithout('Content-Type') }),
    [
      'media-type',
      'Content-Type',
      // `fetch` itself gives a text a media type.
      /got (?:nothing|text\/plain;charset=UTF-8)$/,
    ],
    [400, 1003],
  ),
  ...['fromUserId', 'objectName', 'content'].map((name) =>
    bad(`${name} without a character`, body([name], [[name, '']]), [
      'minLength',
      name,
      `${name}: at least 1 character, got 0`,
    ]),
  ),
  bad('an empty group', body(['toGroupId'], [group('')]), [
    'minLength',
    'toGroupId[0]',
    'toGroupId[0]: at least 1 character, got 0',
  ]),
  bad(
    'a group id of 65 characters',
    body(['toGroupId'], [group('2193'), group('g'.repeat(65))]),
    ['maxLength', 'toGroupId[1]', 'toGroupId[1]: at most 64 characters, got 65'],
    [400, 1005],
  ),
  bad(
    'a user id of 65 bytes',
    body(['fromUserId'], [['fromUserId', `${'中'.repeat(21)}xx`]]),
    ['x-max-bytes', 'fromUserId', 'fromUserId: at most 64 bytes of UTF-8, got 65'],
    [400, 1005],
  ),
  bad('a predefined type whose content is not JSON', body(['content'], [['content', 'hello']]), [
    'x-message-types',
    'content',
    'content: the JSON of RC:TxtMsg, got text that is not JSON: "hello"',
  ]),
  bad('a predefined type without a field it needs', body(['content'], [['content', '{"extra":"x"}']]), [
    'required',
    'content.content',
    'content.content: required, got nothing',
  ]),
  bad('a predefined type with a field of a wrong type', body(['content'], [['content', '{"content":1}']]), [
    'type',
    'content.content',
    'content.content: a string, got 1',
  ]),
  bad('a predefined type whose content is a list', body(['content'], [['content', '[]']]), [
    'type',
    'content',
    'content: an object, got a list of 0',
  ]),
  bad('an escape that is no UTF-8', raw({ body: `${withPairs(['fromUserId'])}&fromUserId=%E4%BD` }), [
    'encoding',
    'fromUserId',
    'fromUserId: percent escapes of UTF-8, got "fromUserId=%E4%BD"',
  ]),
  bad('an empty request id', raw({ headers: { ...signedHeaders(), 'X-Request-ID': '' } }), [
    'minLength',
    'x-request-id',
    'x-request-id: at least 1 character, got 0',
  ]),
  bad('a request id with a space inside', raw({ headers: { ...signedHeaders(), 'X-Request-ID': 'a b' } }), [
    'pattern',
    'x-request-id',
    'x-request-id: visible ASCII only, got "a b"',
  ]),
  bad(
    'a request id of 37 characters',
    raw({ headers: { ...signedHeaders(), 'X-Request-ID': 'r'.repeat(37) } }),
    ['maxLength', 'x-request-id', 'x-request-id: at most 36 characters, got 37'],
    [400, 1005],
  ),
  bad(
    'an unknown App Key',
    raw({ headers: { ...signedHeaders(), 'App-Key': 'unknown' } }),
    ['app-key', 'App-Key', `App-Key: the App Key of the mock, ${JSON.stringify(KEYS.appKey)}, got "unknown"`],
    [400, 1002],
  ),
  bad(
    'no App Key',
    raw({ headers: headersWithout('App-Key') }),
    ['app-key', 'App-Key', 'App-Key: the header App-Key or RC-App-Key, got nothing'],
    [400, 1002],
  ),
  bad(
    'no nonce',
    raw({ headers: headersWithout('Nonce') }),
    ['signature', 'Nonce', 'Nonce: the header Nonce or RC-Nonce, got nothing'],
    [401, 1004],
  ),
  bad(
    "the signature of the vendor's page, made with the App Key",
    raw({
      headers: { ...signedHeaders({ timestamp: '1408706337' }), Signature: '45beb7cc7307889a8e711219a47b7cf6a5b000e8' },
    }),
    ['signature', 'Signature', /^Signature: signed with the App Key in place of the App Secret; /],
    [401, 1004],
  ),
  bad(
    'nonce and timestamp swapped',
    resigned(sha1(`${appSecret}140871065300014314`)),
    ['signature', 'Signature', /^Signature: signed in the order App Secret, Timestamp, Nonce; /],
    [401, 1004],
  ),
  bad(
    'seconds signed, milliseconds sent',
    resigned(sha1(`${appSecret}143141408710653`)),
    ['signature', 'Signature', /^Signature: signed with the timestamp in seconds, while the header has milliseconds; /],
    [401, 1004],
  ),
  bad(
    'milliseconds signed, seconds sent',
    resigned(sha1(`${appSecret}143141408710653000`), '1408710653'),
    ['signature', 'Signature', /^Signature: signed with the timestamp in milliseconds, while the header has seconds; /],
    [401, 1004],
  ),
  bad(
    'a signature in Base64',
    resigned('MOC7zKmy4nV4cB6f2iNYqBTIj8g='),
    ['signature', 'Signature', /^Signature: is written in Base64, not in hexadecimal digits; /],
    [401, 1004],
  ),
  bad(
    'a signature that is cut off',
    resigned('30be0bbca9c9b2e27578701e9fda2358a814c8'),
    ['signature', 'Signature', /^Signature: has 38 hexadecimal digits; /],
    [401, 1004],
  ),
  bad(
    'the App Key sent and signed as if it were the secret',
    raw({ headers: { ...signedHeaders({ secret: appKey }) } }),
    ['signature', 'Signature', /in place of the App Secret; /],
    [401, 1004],
  ),
]
