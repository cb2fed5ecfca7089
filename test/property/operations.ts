/** Random operations within the supported set: awkward names, all types, limits, lists, errors, header parameters and our keywords. */
import fc from 'fast-check'

type Node = Readonly<Record<string, unknown>>

/** What says the type of a field. */
interface Typed {
  readonly type?: string
  readonly oneOf?: readonly { readonly const?: unknown }[]
  readonly enum?: readonly unknown[]
  readonly const?: unknown
}

/** Names that mean something to JavaScript, to JSON, to YAML, to forms, to our code, or to nobody. */
/** The linter itself falls over a field of these names, which the generator therefore refuses. */
const NAMES = [
  ...'default constructor toString prototype length name then class function await of'.split(' '),
  ...'title description type enum properties required items const pattern example examples allOf'.split(' '),
  ...'data errors schema1 schema17 func0 validate check0 note at parentData vErrors key0 eval(x) require("x")'.split(
    ' ',
  ),
  ...'a-b a.b a[b] a[] a/b a~b a~1b a:b a=b a&b a+b a%41 $ $a _ - 0 1 007 -1 1e3 true null ~'.split(' '),
  ...[
    'a b',
    ' a',
    "it's",
    'say "hi"',
    'back\\slash',
    '`tick`',
    '\u0024{x}',
    '*/',
    '/*',
    '//',
    '<b>',
    '#',
    '名前',
    'é',
    '😀',
    '\u2028',
  ],
  ...'json header operation help region text user-id userId USERID'.split(' '),
]
const PROSE = [
  'Plain.',
  'With */ in it.',
  'A `tick` and \u0024{x}.',
  'Two.\n\nParagraphs: "quoted" \\ and \'more\'.',
  '名前 😀.',
  'x: y',
  '- z',
]
/** A pattern of one text. */
const ONE_TEXT = '^a/b\\.c$'
const PATTERNS = [
  '^[a-z]+$',
  '^[A-F0-9]{4}$',
  '^R-\\d{3,6}[a-f]$',
  '^\\w+$',
  ONE_TEXT,
  '^x?y*$',
  '^["\'`]{2}$',
  '^[\\d-]+$',
  '^[^a]+$',
  '(a|b)c',
]

const prose = fc.constantFrom(...PROSE)
const name = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...NAMES) },
  { weight: 2, arbitrary: fc.stringMatching(/^[a-z][A-Za-z]{1,8}$/) },
)
const some = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })

/** Without what was not chosen. */
const known = (node: Node): Node => Object.fromEntries(Object.entries(node).filter(([, value]) => value !== undefined))

const pair = (least: number, most: number) =>
  fc
    .tuple(fc.integer({ min: least, max: most }), fc.integer({ min: least, max: most }))
    .map((two) => two.sort((a, b) => a - b))

const limitedText: fc.Arbitrary<Node> = fc
  .record({
    length: pair(0, 40),
    has: fc.nat(7),
    pattern: some(fc.constantFrom(...PATTERNS)),
  })
  .map(({ length: [low, high], has, pattern }) =>
    pattern
      ? { type: 'string', pattern }
      : {
          type: 'string',
          ...(has & 1 && { minLength: low }),
          ...(has & 2 && { maxLength: high }),
          ...(has & 4 && { 'x-max-bytes': (high ?? 0) * 2 + 1 }),
        },
  )
const VALUES = [
  'a',
  '',
  'A b',
  '1',
  'true',
  'null',
  '"',
  '\\',
  '中',
  '*/',
  'schema1',
  'eval(x)',
  'a,b',
  '__proto__',
  '-',
  '\n',
]
const chosenText: fc.Arbitrary<Node> = fc.oneof(
  fc
    .uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 })
    .map((values) => ({ type: 'string', enum: values })),
  fc.constantFrom(...VALUES).map((value) => ({ type: 'string', const: value })),
  fc.uniqueArray(fc.constantFrom(...VALUES), { minLength: 1, maxLength: 4 }).map((values) => ({ enum: values })),
)
const number: fc.Arbitrary<Node> = fc
  .record({
    type: fc.constantFrom('integer', 'number'),
    range: pair(-50, 500),
    has: fc.nat(15),
    step: fc.constantFrom(1, 2, 5),
  })
  .map(({ type, range: [low = 0, high = 0], has, step }) => ({
    type,
    ...(has & 1 && (has & 8 ? { exclusiveMinimum: low - 1 } : { minimum: low })),
    ...(has & 2 && (has & 8 ? { exclusiveMaximum: high + 10 } : { maximum: high + 10 })),
    ...(has & 4 && { multipleOf: step }),
  }))
const chosenNumber: fc.Arbitrary<Node> = fc.oneof(
  fc
    .uniqueArray(fc.integer({ min: -5, max: 5 }), { minLength: 1, maxLength: 4 })
    .map((values) => ({ type: 'integer', enum: values })),
  fc.constantFrom({ enum: [0, 1] }, { const: 7 }, { type: 'number', const: 1.5 }, { type: 'number', enum: [0.1, 2] }),
  fc.constant({ oneOf: [{ const: 0 }, { const: 1 }] }),
)
const scalar = fc.oneof(
  { weight: 4, arbitrary: limitedText },
  { weight: 2, arbitrary: chosenText },
  { weight: 3, arbitrary: number },
  { weight: 2, arbitrary: chosenNumber },
  { weight: 1, arbitrary: fc.constant({ type: 'boolean' }) },
)
const list: fc.Arbitrary<Node> = fc
  .record({
    items: scalar,
    size: pair(0, 6),
    has: fc.nat(7),
    unit: some(fc.constantFrom('groups in one call', 'users', 'x"y`')),
  })
  .map(({ items, size: [low = 0, high = 0], has, unit }) => ({
    type: 'array',
    items,
    ...(has & 1 && { minItems: low }),
    ...(has & 2 && { maxItems: Math.max(high, 1) }),
    // Few values make few lists of different ones.
    ...(has & 4 &&
      !('enum' in items || 'const' in items || 'oneOf' in items || items['type'] === 'boolean') &&
      !('pattern' in items && items['pattern'] === ONE_TEXT) && {
        uniqueItems: true,
      }),
    'x-unit': unit,
  }))

const field: fc.Arbitrary<Node> = fc
  .record({
    schema: fc.oneof({ weight: 3, arbitrary: scalar }, { weight: 1, arbitrary: list }),
    description: some(prose),
    title: some(prose),
    flag: fc.nat(4),
  })
  .map(({ schema, description, title }) => known({ ...schema, description, title }))

const properties = (least: number, most: number) =>
  fc.uniqueArray(fc.tuple(name, field, fc.boolean()), { minLength: least, maxLength: most, selector: ([one]) => one })

interface Form {
  readonly schema: Node
  readonly encoding: Node
  readonly fields: readonly (readonly [string, Node, boolean])[]
}

const form: fc.Arbitrary<Form> = fc.tuple(properties(1, 6), fc.boolean()).map(([fields, split]) => {
  const objectOf = (some: typeof fields) => ({
    type: 'object',
    required: some.filter(([, , must]) => must).map(([one]) => one),
    properties: Object.fromEntries(some.map(([one, schema]) => [one, schema])),
  })
  const lists = fields.filter(([, schema]) => schema['type'] === 'array')
  return {
    schema:
      split && fields.length > 1
        ? { allOf: [objectOf(fields.slice(0, 1)), objectOf(fields.slice(1))] }
        : objectOf(fields),
    encoding: Object.fromEntries(lists.map(([one]) => [one, { style: 'form', explode: true }])),
    fields,
  }
})

const RAISES = [
  'required',
  'type',
  'enum',
  'pattern',
  'maxLength',
  'maxItems',
  'signature',
  'app-key',
  'rate-limit',
  'media-type',
  'body',
  'repeated',
]
const error = fc.record({
  status: fc.constantFrom('400', '401', '403', '404', '405', '409', '429', '500', '503'),
  code: fc.integer({ min: 400, max: 9999 }),
  raisedBy: some(fc.uniqueArray(fc.constantFrom(...RAISES), { minLength: 1, maxLength: 5 })),
  retry: some(fc.constantFrom('never', 'after-wait', 'unknown')),
})
const errors = fc.uniqueArray(error, { maxLength: 4, selector: ({ status }) => status }).map((all) =>
  Object.fromEntries(
    all.map(({ status, code, raisedBy, retry }) => [
      status,
      {
        description: 'An error.',
        content: {
          'application/json': {
            schema: { $ref: '../components/schemas/ApiError.yaml' },
            examples: {
              [`error${status}`]: known({
                summary: 'An error',
                'x-raised-by': raisedBy,
                'x-retry': retry,
                value: { url: '/x', code: code * 10 + Number(status[2]), errorMessage: 'no' },
              }),
            },
          },
        },
      },
    ]),
  ),
)

/** The answer of a success; it may repeat fields of the request. */
const success = (fields: Form['fields']): fc.Arbitrary<Node> => {
  const lists = fields.filter(([, schema]) => schema['type'] === 'array').map(([one]) => one)
  const singles = fields.filter(([, schema]) => schema['type'] !== 'array').map(([one]) => one)
  /** A part that repeats a field has its type; the linter refuses another. */
  const typeOf = (schema: unknown) => {
    const { type, oneOf: [first] = [], enum: values = [first?.const], const: value = values[0] } = schema as Typed
    return { type: type ?? (typeof value === 'number' ? 'number' : 'string') }
  }
  const repeat = (one: string) => {
    const [, schema = {}] = fields.find(([found]) => found === one) ?? []
    return { ...typeOf(schema['items'] ?? schema), 'x-value-of': one }
  }
  /** What repeats a field that a call may leave out cannot be required. */
  const always = fields.filter(([, , must]) => must).map(([one]) => one)
  const isSure = ({ 'x-value-of': from }: Node) => from === undefined || always.includes(from as string)
  const part = fc.oneof(
    scalar.filter((one) => !('pattern' in one) || one['pattern'] === '^[A-F0-9]{4}$'),
    fc.constant({ type: 'object', additionalProperties: { type: 'string' } }),
    fc.constant({ type: 'array', items: { type: 'integer' } }),
    ...(singles.length > 0 ? [fc.constantFrom(...singles).map(repeat)] : []),
    ...(lists.length > 0
      ? [
          fc.constantFrom(...lists).map((one) => ({
            type: 'array',
            'x-for-each': one,
            items: {
              type: 'object',
              required: ['id'],
              properties: { id: repeat(one), made: { type: 'string', pattern: '^[A-F0-9]{4}$' } },
            },
          })),
        ]
      : []),
  )
  const mark = fc.constantFrom<Node>(
    { type: 'integer', const: 200 },
    { type: 'integer', enum: [200, 201] },
    { type: 'integer' },
    { type: 'string', const: 'ok' },
  )
  return fc
    .tuple(
      mark,
      fc.boolean(),
      fc.uniqueArray(fc.tuple(name, part, fc.boolean()), { maxLength: 3, selector: ([one]) => one }),
    )
    .map(([code, must, parts]) => ({
      type: 'object',
      required: [
        ...(must ? ['code'] : []),
        ...parts.filter(([one, schema, needed]) => needed && one !== 'code' && isSure(schema)).map(([one]) => one),
      ],
      properties: Object.fromEntries([...parts.map(([one, schema]) => [one, schema]), ['code', code]]),
    }))
}

const parameter = fc
  .tuple(
    fc.constantFrom('X-Board', 'x-1', "X-'", 'constructor', 'toString', 'If-Match'),
    fc.oneof(limitedText, fc.constant({ type: 'string', enum: ['red', 'blue'] })),
    fc.boolean(),
    prose,
  )
  .map(([header, schema, required, description]) => ({ name: header, in: 'header', required, description, schema }))

/** An operation and the path where it stands. */
export interface Made {
  readonly id: string
  readonly path: string
  readonly item: Node
}

export const operation: fc.Arbitrary<Omit<Made, 'id' | 'path'> & { readonly last: string }> = fc
  .record({
    form: some(form),
    method: fc.constantFrom('post', 'put', 'patch', 'delete'),
    last: fc.constantFrom('x.json', 'y', 'a-b', '~x', 'x.y.z', 'é', 'a b', 'x+y'),
    errors,
    parameters: fc.uniqueArray(parameter, { maxLength: 2, selector: (one) => one.name.toLowerCase() }),
    rate: some(fc.record({ limit: fc.integer({ min: 6, max: 60 }), period: fc.integer({ min: 1, max: 5_000 }) })),
    summary: prose,
    status: fc.constantFrom('200', '201', '202', '204'),
  })
  .chain(({ form, ...rest }) => fc.tuple(fc.constant({ form, ...rest }), success(form?.fields ?? [])))
  .map(([{ form, method, last, errors, parameters, rate, summary, status }, answer]) => {
    const counted = form?.fields.find(([, schema]) => schema['type'] === 'array')?.[0]
    const body = form && {
      required: true,
      content: { 'application/x-www-form-urlencoded': { schema: form.schema, encoding: form.encoding } },
    }
    const ok = {
      description: 'Done.',
      ...(status !== '204' && { content: { 'application/json': { schema: answer } } }),
    }
    const definition = known({
      operationId: 'ID',
      summary,
      tags: ['Status messages'],
      'x-rate-limit': rate && known({ ...rate, cost: counted }),
      parameters,
      requestBody: body,
      responses: { [status]: ok, ...errors },
    })
    return { last, item: { [method]: definition } }
  })

/** Operations of their own names and paths. */
export const named = (all: readonly { readonly last: string; readonly item: Node }[]): Made[] =>
  all.map(({ last, item }, i) => {
    const id = `fuzzed${i}`
    const [[method, definition] = ['post', {}]] = Object.entries(item)
    return { id, path: `/fuzz/${i}/${last}`, item: { [method]: { ...(definition as Node), operationId: id } } }
  })
