/** The types of fields and methods that are made for any operation: what each list lets through, and what compiles. */
import ts from 'typescript'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import type { Spec } from '../../../../src/tooling/generate/openapi.js'
import { generateMethods } from '../../../../src/tooling/generate/tables/methods.js'
import { generateTypes } from '../../../../src/tooling/generate/types.js'

// The compiler takes a second or two; on a machine that does much else, as long as that takes.
vi.setConfig({ testTimeout: 60_000 })

interface Form {
  readonly required?: readonly string[]
  readonly [keyword: string]: unknown
}

const list = (limits: object, items: object = { type: 'string' }) => ({ type: 'array', items, ...limits })

/** A contract with an operation for each form; `undefined` is one without a body. */
function specOf(forms: Readonly<Record<string, Form | undefined>>, cost?: string): Spec {
  const operation = (operationId: string, schema: Form | undefined) => ({
    operationId,
    summary: `Summary of ${operationId}`,
    ...(cost && { 'x-rate-limit': { limit: 1, period: 1, cost } }),
    ...(schema && { requestBody: { content: { 'application/x-www-form-urlencoded': { schema } } } }),
    responses: { 200: { description: 'Sent.' } },
  })
  const paths = Object.entries(forms).map(([id, form]) => [`/${id}`, { post: operation(id, form) }])
  // As the linter leaves it: plain JSON.
  return { openapi: '3.1.1', info: { title: 'x', version: '1' }, paths: Object.fromEntries(paths) } as unknown as Spec
}

/** The method of the one operation, and the one of its batch, each on a line. */
function methodsOf(properties: object, required: readonly string[] = []): readonly string[] {
  const { methods } = generateMethods(specOf({ send: { type: 'object', properties, required } }))
  return methods
    .replaceAll(/\s*\/\*\*[\s\S]*?\*\/\s*/g, '\n')
    .replaceAll(/\{\n\s+/g, '{ ')
    .replaceAll(/\n\s+\}/g, ' }')
    .split('\n')
    .filter((line) => line.includes('send: '))
}

describe('the type of a list', () => {
  test.each([
    [
      'of one to three',
      { minItems: 1, maxItems: 3, 'x-unit': 'groups' },
      true,
      'ListOf<To, 1 | 2 | 3, "must be a list of 1 to 3 groups">',
    ],
    ['of two or three', { minItems: 2, maxItems: 3 }, true, 'ListOf<To, 2 | 3, "must be a list of 2 or 3 items">'],
    [
      'of one alone',
      { minItems: 1, maxItems: 1, 'x-unit': 'groups in all' },
      true,
      'ListOf<To, 1, "must be a list of 1 group in all">',
    ],
    ['with a longest length', { maxItems: 2 }, false, 'ListOf<To, 0 | 1 | 2, "must be a list of at most 2 items">'],
    ['with a shortest length', { minItems: 2 }, false, 'ListNotOf<To, 0 | 1, "must be a list of at least 2 items">'],
    [
      'that must be there: an empty one leaves no trace',
      {},
      true,
      'ListNotOf<To, 0, "must be a list of at least 1 item">',
    ],
    [
      'longer than any literal',
      { minItems: 1, maxItems: 1_000 },
      true,
      'ListNotOf<To, 0, "must be a list of 1 to 1000 items">',
    ],
  ])('%s', (_what, limits, required, type) => {
    const [method] = methodsOf({ to: list(limits) }, required ? ['to'] : [])
    expect(method).toContain(`readonly to${required ? '' : '?'}: ${type}`)
    expect(method).toContain(
      required
        ? '<const To extends SendFields["to"]>(fields: '
        : '<const To extends NonNullable<SendFields["to"]>>(fields?: ',
    )
  })

  test.each([
    ['without limits', {}],
    ['whose limit is longer than any literal', { maxItems: 1_000 }],
  ])('%s is the plain one', (_what, limits) => {
    expect(methodsOf({ to: list(limits) })[0]).toContain('send: (fields?: SendFields, options?: Options) =>')
  })
})

test.each([
  ['to-group_id', 'ToGroupId'],
  ['2nd', 'List2nd'],
  ['$all', '$all'],
  ['promise', 'Promise2'],
  ['options', 'Options2'],
  ['名', 'List'],
])('the list "%s" has the parameter %s', (field, parameter) => {
  expect(methodsOf({ [field]: list({ maxItems: 2 }) })[0]).toContain(`<const ${parameter} extends `)
})

test('two lists, and two operations, that would have one name have two', () => {
  expect(methodsOf({ 'a-b': list({ maxItems: 2 }), a_b: list({ maxItems: 2 }) })[0]).toMatch(
    /<const AB extends .*, const AB2 extends /,
  )
  const { fields } = generateMethods(specOf({ send: undefined, Send: undefined }))
  expect(fields).toMatch(/readonly send: SendFields\n[^}]*readonly Send: SendFields2\n/)
})

test('a batch takes any number of the list that it splits, and limits the others', () => {
  const properties = { to: list({ minItems: 1, maxItems: 3 }), tags: list({ maxItems: 2 }) }
  expect(methodsOf(properties, ['to'])[1]).toContain(
    '<const Tags extends NonNullable<SendFields["tags"]>>(fields: Without<SendFields, "tags"> & {',
  )
  expect(methodsOf({ to: properties.to }, ['to'])[1]).toContain('(fields: SendFields, options?: Options) => Batches')
})

describe('a contract of such operations', () => {
  const spec = specOf({
    nothing: undefined,
    optional: { type: 'object', properties: { a: { type: 'string' }, 'b-c': list({ maxItems: 2 }) } },
    several: {
      allOf: [
        {
          type: 'object',
          required: ['from', 'to', 'users'],
          properties: {
            from: { type: 'string', description: 'Who sends.' },
            to: list({ minItems: 1, maxItems: 3, description: 'Who gets it.' }, { enum: ['red', 'blue'] }),
            users: list({ minItems: 2 }, { type: 'integer' }),
          },
        },
        { type: 'object', properties: { tags: list({ maxItems: 2 }), free: list({}) } },
      ],
    },
    open: {
      type: 'object',
      required: ['to', 'from'],
      properties: { from: { type: 'string' }, to: list({ maxItems: 2 }) },
      additionalProperties: true,
    },
    either: {
      type: 'object',
      required: ['to'],
      properties: { to: list({ maxItems: 2 }), a: { type: 'string' }, b: { type: 'string' } },
      anyOf: [{ required: ['a'] }, { required: ['b'] }],
    },
    oneOf: {
      oneOf: [
        { type: 'object', required: ['a'], properties: { a: { type: 'string' } } },
        { type: 'object', required: ['b'], properties: { b: { type: 'integer' } } },
      ],
    },
  })
  const files = new Map<string, string>()
  beforeAll(async () => {
    const { fields, methods } = generateMethods(spec)
    files
      .set('fields.ts', fields)
      .set('methods.ts', methods)
      .set('openapi.ts', await generateTypes(spec))
  })

  /** What the compiler says of a program that uses the contract. */
  function compile(program: string): string[] {
    const sources = new Map([...files, ['use.ts', program]])
    const settings = {
      strict: true,
      exactOptionalPropertyTypes: true,
      noUnusedParameters: true,
      noEmit: true,
      skipLibCheck: true,
      types: [],
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.NodeNext,
      lib: ['lib.es2022.d.ts'],
    }
    const host = ts.createCompilerHost(settings)
    const { getSourceFile, fileExists, readFile } = host
    const name = (file: string) => (file.startsWith('/made/') ? file.slice('/made/'.length) : '')
    host.getCurrentDirectory = () => '/made'
    host.directoryExists = (folder) => folder === '/made' || ts.sys.directoryExists(folder)
    host.fileExists = (file) => sources.has(name(file)) || fileExists(file)
    host.readFile = (file) => sources.get(name(file)) ?? readFile(file)
    host.getSourceFile = (file, version) => {
      const source = sources.get(name(file))
      return source === undefined ? getSourceFile(file, version) : ts.createSourceFile(file, source, version)
    }
    const made = ts.createProgram(
      [...sources.keys()].map((file) => `/made/${file}`),
      settings,
      host,
    )
    return ts.getPreEmitDiagnostics(made).map(({ file, start = 0, length = 0, messageText }) => {
      const place = file ? `${name(file.fileName)}:${file.text.slice(start, start + length)}: ` : ''
      return `${place}${ts.flattenDiagnosticMessageText(messageText, '\n')}`
    })
  }

  test('compiles what fits it, and nothing else; what is wrong with a list is said in the words of the contract, at the list', () => {
    const said = compile(`
      import type { BatchesOf, MethodsOf } from './methods.js'
      import type { FieldsByOperation } from './fields.js'
      type Each = { [K in keyof FieldsByOperation]: K }
      declare const client: MethodsOf<{ signal?: string }, Each> & { batch: BatchesOf<{ size?: number }, Each> }
      declare const texts: string[], numbers: readonly number[], colours: ('red' | 'blue')[]
      client.nothing(), client.nothing({}, { signal: '' }), client.nothing(undefined, { signal: '' })
      client.optional(), client.optional({}), client.optional({ a: '' }), client.optional({ 'b-c': texts })
      client.several({ from: '', to: colours, users: numbers })
      client.several({ from: '', to: ['red'], users: [1, 2], tags: [], free: [] })
      client.several({ from: '', to: ['red', ...colours], users: [1, ...numbers], tags: texts, free: texts })
      client.batch.several({ from: '', to: ['red', 'red', 'blue', 'blue'], users: numbers })
      client.open({ from: '', to: texts, more: 1 })
      client.either({ to: texts, a: '' })
      client.oneOf({ a: '' }), client.oneOf({ b: 1 })
      const whole: FieldsByOperation['several'] = { from: '', to: colours, users: numbers }
      client.several(whole), client.batch.several(whole)
      const result: Promise<'several'> = client.several(whole)
      // What must not compile.
      // @ts-expect-error
      client.nothing({ a: 1 })
      // @ts-expect-error
      client.optional({ 'b-c': ['1', '2', '3'] })
      // @ts-expect-error
      client.several()
      // @ts-expect-error
      client.several({ from: '', to: [], users: numbers })
      // @ts-expect-error
      client.several({ from: '', to: ['red', 'red', 'red', 'red'], users: numbers })
      // @ts-expect-error
      client.several({ from: '', to: ['green'], users: numbers })
      // @ts-expect-error
      client.several({ from: '', to: texts, users: numbers })
      // @ts-expect-error
      client.several({ from: '', to: colours, users: [1] })
      // @ts-expect-error
      client.several({ from: '', to: colours, users: ['1', '2'] })
      // @ts-expect-error
      client.several({ from: '', to: colours, users: numbers, tag: [] })
      // @ts-expect-error
      client.batch.several({ from: '', to: colours, users: [1] })
      // @ts-expect-error
      client.open({ from: '', to: ['1', '2', '3'], more: 1 })
      // @ts-expect-error
      client.open({ from: 1, to: texts })
      // @ts-expect-error
      client.either({ to: ['1', '2', '3'], a: '' })
      // @ts-expect-error
      client.oneOf({ c: '' })
      void result
      client.several({
        from: '',
        to: [],
        users: [1, 2],
      })`)
    expect(said).toEqual([
      expect.stringMatching(
        /^use\.ts:to: [\s\S]*Type '\[\]' is not assignable to type '"must be a list of 1 to 3 items"'/,
      ),
    ])
  })

  test('is described where an editor looks: the operation at its method, the field at its list', () => {
    expect(files.get('methods.ts')).toMatch(/\/\*\* Summary of several \*\/\n {2}readonly several: /)
    for (const file of ['openapi.ts', 'methods.ts']) {
      expect(files.get(file)).toMatch(/\/\*\* Who gets it\. \*\/\n +(readonly )?to: /)
    }
  })
})

test('a contract without a list that can be split has no batches, and compiles', () => {
  const { methods } = generateMethods(specOf({ nothing: undefined }))
  expect(methods).toContain(
    'export interface BatchesOf<_Options, _Batches extends Record<keyof FieldsByOperation, unknown>> {\n}',
  )
})
