/**
 * Sixteen made-up endpoints of the same family, which differ in what the first one has not: other list fields, limits per minute and
 * hour, lists of integers, booleans, nested answers, no body, patterns with groups.
 */

type Schema = Readonly<Record<string, unknown>>

/** An endpoint in a few words; `page` makes its YAML. */
export interface Endpoint {
  readonly id: string
  readonly path: string
  readonly method?: 'post' | 'put' | 'delete'
  /** Without fields, it has no body. */
  readonly fields?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly limit?: { readonly limit: number; readonly period: number; readonly cost?: string; readonly unit?: string }
  /** Properties of the answer beside `code`. */
  readonly answer?: Readonly<Record<string, Schema>>
  readonly headers?: Readonly<Record<string, Schema>>
}

const SECOND = 1_000
const MINUTE = 60_000
const HOUR = 3_600_000

const text = (example: string, more: Schema = {}): Schema => ({
  type: 'string',
  minLength: 1,
  maxLength: 64,
  examples: [example],
  ...more,
})
const list = (items: Schema, maxItems: number, unit: string, more: Schema = {}): Schema => ({
  type: 'array',
  minItems: 1,
  maxItems,
  'x-unit': unit,
  items,
  ...more,
})
const integer = (example: number, more: Schema = {}): Schema => ({ type: 'integer', examples: [example], ...more })
const yes: Schema = { type: 'boolean', examples: [true] }
const user = text('ann')

export const SIXTEEN: readonly Endpoint[] = [
  {
    id: 'sendPrivateStatus',
    path: '/statusmessage/private/publish.json',
    fields: {
      fromUserId: user,
      toUserId: list(user, 1_000, 'users'),
      content: text('{"text":"hi"}', { maxLength: 4_096 }),
    },
    limit: { limit: 6_000, period: MINUTE, cost: 'toUserId', unit: 'messages' },
    answer: {
      messageUIDs: {
        type: 'array',
        'x-for-each': 'toUserId',
        items: {
          type: 'object',
          required: ['userId', 'messageUID'],
          properties: {
            userId: { type: 'string', minLength: 1, 'x-value-of': 'toUserId', examples: ['ann'] },
            messageUID: text('5FGT-7VA9-G4DD-4V5P', { pattern: '^[0-9A-V]{4}(-[0-9A-V]{4}){3}$' }),
          },
        },
      },
    },
  },
  {
    id: 'sendSystemNotice',
    path: '/message/system/notice.json',
    fields: {
      toUserId: list(user, 100, 'users'),
      content: text('hello', { 'x-max-bytes': 300, maxLength: 300 }),
      pushContent: text('hello'),
      isPersisted: integer(1, { enum: [0, 1] }),
    },
    required: ['toUserId', 'content'],
    limit: { limit: 100, period: SECOND },
  },
  {
    id: 'sendToChatroom',
    path: '/message/chatroom/notice.json',
    fields: {
      fromUserId: user,
      toChatroomId: list(text('lobby'), 10, 'chatrooms', { uniqueItems: true }),
      content: text('hi'),
    },
    limit: { limit: 100, period: SECOND, cost: 'toChatroomId' },
  },
  {
    id: 'readHistory',
    path: '/message/history.json',
    fields: {
      date: text('2026112823', {
        minLength: 10,
        maxLength: 10,
        pattern: '^20\\d{2}(0[1-9]|1[0-2])([0-2]\\d|3[01])([01]\\d|2[0-3])$',
      }),
    },
    limit: { limit: 2, period: HOUR },
    answer: {
      url: text('https://files.example.com/2026.zip'),
      date: { type: 'string', minLength: 1, 'x-value-of': 'date', examples: ['2026112823'] },
    },
  },
  {
    id: 'gagInGroup',
    path: '/group/user/gag/add.json',
    fields: {
      userId: list(user, 20, 'users'),
      groupId: list(text('north'), 5, 'groups'),
      minute: integer(60, { minimum: 0, maximum: 43_200 }),
    },
    required: ['userId', 'minute'],
    limit: { limit: 100, period: SECOND },
  },
  {
    id: 'ungagInGroup',
    path: '/group/user/gag/rollback.json',
    method: 'delete',
    fields: { userId: list(user, 20, 'users'), groupId: text('north') },
  },
  {
    id: 'recallMessage',
    path: '/message/recall.json',
    fields: {
      conversationType: integer(1, { enum: [1, 3, 5] }),
      messageUID: text('5FGT-7VA9-G4DD-4V5P', { pattern: '^[0-9A-V]{4}(-[0-9A-V]{4}){3}$' }),
      sentTime: integer(1_408_710_653_000, { minimum: 1 }),
      isAdmin: yes,
    },
    required: ['conversationType', 'messageUID', 'sentTime'],
    limit: { limit: 50, period: SECOND },
  },
  {
    id: 'getToken',
    path: '/user/getToken.json',
    fields: { userId: text('ann-1', { pattern: '^[A-Za-z0-9=+_-]+$' }), name: text('Ann', { maxLength: 128 }) },
    limit: { limit: 100, period: SECOND },
    answer: {
      userId: { type: 'string', minLength: 1, 'x-value-of': 'userId', examples: ['ann-1'] },
      token: text('abc@example.com', {
        pattern: '^[a-z0-9]{8,}@(\\w+)\\.example\\.com$',
        examples: ['abcdefgh@n1.example.com'],
      }),
    },
  },
  { id: 'keepAlive', path: '/chatroom/keepalive/ping.json', limit: { limit: 60, period: MINUTE } },
  {
    id: 'addKeepAlive',
    path: '/chatroom/keepalive/add.json',
    fields: { chatroomId: text('lobby') },
    headers: { 'X-Tenant': text('acme', { pattern: '^[a-z]+$' }) },
  },
  {
    id: 'addSensitiveWord',
    path: '/sensitiveword/add.json',
    fields: { word: text('fool', { maxLength: 32 }), replaceWord: text('***', { maxLength: 32 }) },
    required: ['word'],
    limit: { limit: 10, period: 10 * MINUTE, unit: 'words' },
  },
  {
    id: 'listSensitiveWords',
    path: '/sensitiveword/list.json',
    fields: { type: integer(1, { enum: [0, 1, 2] }) },
    required: [],
    answer: {
      words: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          required: ['word', 'added'],
          properties: {
            word: text('fool'),
            added: { type: 'object', required: ['by'], properties: { by: user, at: integer(1) } },
          },
        },
      },
    },
  },
  {
    id: 'setLevels',
    path: '/user/level/set.json',
    method: 'put',
    fields: { userId: user, level: list(integer(3, { minimum: 1, maximum: 99 }), 4, 'levels', { minItems: 2 }) },
    limit: { limit: 500, period: MINUTE, cost: 'level', unit: 'levels' },
  },
  {
    id: 'rateCall',
    path: '/call/quality.json',
    fields: {
      callId: text('c1'),
      score: { type: 'number', minimum: 0, maximum: 5, multipleOf: 0.5, examples: [4.5] },
      ok: yes,
    },
    required: ['callId', 'score'],
    limit: { limit: 86_400, period: 24 * HOUR },
  },
  {
    id: 'pushToTags',
    path: '/push/tags.json',
    fields: {
      tag: list(text('bj'), 20, 'tags', {
        items: text('bj', {
          'x-suspicious': {
            'joined-list': {
              pattern: '^[^,]+(,[^,]+)+$',
              text: 'several tags in one; repeat the field',
              examples: ['bj,sh'],
              counterExamples: ['bj'],
            },
          },
        }),
      }),
      platform: list({ type: 'string', enum: ['ios', 'android', 'harmony'], examples: ['ios'] }, 3, 'platforms', {
        uniqueItems: true,
      }),
      message: text('hi'),
    },
    required: ['platform', 'message'],
    limit: { limit: 3, period: HOUR },
    answer: { id: text('p-0001', { pattern: '^(p|q)-\\d{4}$', examples: ['p-0001'] }) },
  },
  {
    id: 'blockUser',
    path: '/user/block.json',
    fields: {
      userId: user,
      minute: integer(5, { exclusiveMinimum: 0, exclusiveMaximum: 43_201 }),
      reason: text('spam', { minLength: 2, maxLength: 3_000 }),
    },
    required: ['userId', 'minute'],
    answer: {
      until: {
        oneOf: [
          { type: 'integer', const: 5 },
          { type: 'string', const: 'never' },
        ],
        description: 'When it ends.',
      },
    },
  },
]

/** Keywords that the errors of the first endpoint do not claim, and all others. */
const CLAIMS = [
  'required',
  'type',
  'enum',
  'const',
  'pattern',
  'minLength',
  'maxLength',
  'minItems',
  'maxItems',
  'uniqueItems',
  'minimum',
  'maximum',
  'exclusiveMinimum',
  'exclusiveMaximum',
  'multipleOf',
  'x-max-bytes',
  'body',
  'repeated',
  'encoding',
  'media-type',
]

const described = (name: string, schema: Schema): Schema => ({ description: `The ${name}.`, ...schema })
const allDescribed = (schemas: Readonly<Record<string, Schema>>) =>
  Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, described(name, schema)]))

/** The page of an endpoint: JSON is YAML. */
export function page({ id, method = 'post', fields, required, limit, answer = {}, headers = {} }: Endpoint): string {
  const lists = Object.entries(fields ?? {}).filter(([, { type }]) => type === 'array')
  const refused = { url: '/', code: 1002, errorMessage: 'wrong' }
  const operation = {
    operationId: id,
    summary: `The ${id}`,
    description: 'A made-up operation.',
    tags: ['Status messages'],
    ...(limit && { 'x-rate-limit': limit }),
    parameters: Object.entries(headers).map(([name, schema]) => ({
      name,
      in: 'header',
      required: true,
      description: `The ${name}.`,
      schema,
    })),
    ...(fields && {
      requestBody: {
        required: true,
        content: {
          'application/x-www-form-urlencoded': {
            schema: {
              type: 'object',
              description: 'A form.',
              required: required ?? Object.keys(fields),
              properties: allDescribed(fields),
            },
            encoding: Object.fromEntries(lists.map(([name]) => [name, { style: 'form', explode: true }])),
          },
        },
      },
    }),
    responses: {
      200: {
        description: 'Done.',
        content: {
          'application/json': {
            schema: {
              type: 'object',
              description: 'The answer.',
              required: ['code', ...Object.keys(answer)],
              properties: {
                code: { type: 'integer', description: 'Success.', const: 200, examples: [200] },
                ...allDescribed(answer),
              },
            },
          },
        },
      },
      400: {
        description: 'Refused.',
        content: {
          'application/json': {
            schema: { $ref: '../components/schemas/ApiError.yaml' },
            examples: {
              [`${id}Refused`]: { summary: '1002', 'x-raised-by': CLAIMS, 'x-retry': 'never', value: refused },
            },
          },
        },
      },
      401: { $ref: '../components/responses/Unauthorized.yaml' },
      ...(limit && { 429: { $ref: '../components/responses/TooManyRequests.yaml' } }),
    },
  }
  return JSON.stringify({ [method]: operation }, null, 2)
}
