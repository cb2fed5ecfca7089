/**
 * `generated/contract.ts`: small tables of what the spec says, for the client and for the stand-in.
 *
 * @module
 */
import { type Recipe, recipeOf } from './pattern.js'
import { deref, type Json, type Operation, operationsOf, type Schema, SpecError, schemaOf } from './spec.js'
import { SCHEMA_BREACHES } from './vocabulary.js'

/** How an answer is built: see `Template` in `src/contract.ts`, which reads it. */
type Template =
  | { is: unknown }
  | { value: string }
  | { text: Recipe }
  | { object: Record<string, Template> }
  | { each: string; item: Template }

export interface MessageType {
  readonly schema: Schema
  readonly counted: boolean
  readonly stored: boolean
  readonly status?: boolean
}

/** The message types of all operations, with the fields that carry name and content. */
export interface MessageTypes {
  readonly types: ReadonlyMap<string, MessageType>
  readonly prefix: string
  readonly fields: { readonly type: string; readonly content: string } | undefined
}

const entries = <T>(object: Readonly<Record<string, T>> | undefined): [string, T][] => Object.entries(object ?? {})

const propertiesOf = (spec: Json, schema: Schema | undefined): [string, Schema][] =>
  entries(schemaOf(spec, schema).properties).map(([name, property]) => [name, schemaOf(spec, property)])

/** Collects `x-message-types` over all operations. */
export function messageTypesOf(spec: Json): MessageTypes {
  const types = new Map<string, MessageType>()
  let [prefix, fields]: [string, MessageTypes['fields']] = ['', undefined]
  for (const { id, form } of operationsOf(spec)) {
    for (const [name, schema] of propertiesOf(spec, form)) {
      if (!schema['x-message-types']) continue
      const here = { type: name, content: String(schema['x-content-field']) }
      if (fields && (fields.type !== here.type || fields.content !== here.content)) {
        throw new SpecError(
          `${id}: message types must be carried by "${fields.type}" and "${fields.content}" in every operation`,
        )
      }
      fields = here
      prefix = String(schema['x-reserved-prefix'] ?? '')
      for (const [type, row] of entries(schema['x-message-types'] as Record<string, MessageType>)) {
        const before = types.get(type)
        if (before && JSON.stringify(before) !== JSON.stringify(row)) {
          throw new SpecError(`${id}: message type "${type}" is described twice, and differently`)
        }
        types.set(type, row)
      }
    }
  }
  return { types, prefix, fields }
}

/** One answer of an operation. */
export interface Answer {
  readonly status: number
  readonly schema: Schema | undefined
  readonly examples: [string, Json][]
}

export function answersOf(spec: Json, { id, definition }: Operation): Answer[] {
  return entries(definition['responses'] as Json | undefined).map(([status, response]) => {
    if (!/^[1-5]\d\d$/.test(status)) {
      throw new SpecError(`${id}: responses must be named by one HTTP status each. Received "${status}"`)
    }
    const media = deref(spec, response)['content']?.['application/json']
    const examples = entries(media?.['examples'] as Json | undefined).map(([name, example]): [string, Json] => [
      name,
      deref(spec, example),
    ])
    return { status: Number(status), schema: media?.['schema'] as Schema | undefined, examples }
  })
}

/** The answer that means success: the one 2xx. */
export function successOf(spec: Json, operation: Operation): Answer {
  const [first, second] = answersOf(spec, operation).filter(({ status }) => status >= 200 && status < 300)
  if (first && !second) return first
  const got = first ? `${first.status} and ${second?.status}` : 'none'
  throw new SpecError(`${operation.id}: "responses" must have one 2xx answer. Received ${got}`)
}

const valuesOf = (schema: Schema): readonly unknown[] | undefined =>
  schema.const === undefined ? schema.enum : [schema.const]

const onlyValue = (schema: Schema): unknown => {
  const values = valuesOf(schema)
  return values?.length === 1 ? values[0] : undefined
}

/**
 * The fields that tell a success: those that must be there and can have few values, in a schema or in each of its
 * alternatives.
 */
function marksOf(spec: Json, schema: Schema | undefined): Map<string, readonly unknown[]> {
  const { oneOf, anyOf, required = [], ...own } = schemaOf(spec, schema)
  const marks = new Map<string, readonly unknown[]>()
  for (const [name, property] of propertiesOf(spec, own)) {
    const values = required.includes(name) ? valuesOf(property) : undefined
    if (values) marks.set(name, values)
  }
  const [first, ...others] = (oneOf ?? anyOf ?? []).map((one) => marksOf(spec, one))
  for (const [name, values] of first ?? []) {
    const all = others.map((one) => one.get(name))
    if (all.every((one) => one !== undefined)) marks.set(name, [...new Set([...values, ...all.flat()])])
  }
  return marks
}

/** What the client needs of one operation. */
function operationTable(spec: Json, operation: Operation): object {
  const success = successOf(spec, operation)
  const fields = propertiesOf(spec, operation.form)
  const type = fields.find(([, schema]) => schema['x-message-types'])
  const { limit, period, cost } = operation.definition['x-rate-limit'] ?? {}
  return {
    method: operation.method,
    path: operation.path,
    success: { status: success.status, marks: Object.fromEntries(marksOf(spec, success.schema)) },
    retry: retryTable(spec, operation),
    batch: batchTable(fields, cost),
    message: type && { type: type[0], content: type[1]['x-content-field'] },
    rateLimit: limit && { limit, period, cost },
  }
}

/** The list that a batch may split: the one that the rate limit counts, else the first that has a longest length. */
function batchTable(fields: readonly (readonly [string, Schema])[], cost: unknown): object | undefined {
  const lists = fields.filter(([, schema]) => schema.type === 'array' && schema.maxItems !== undefined)
  const [field, schema] = lists.find(([name]) => name === cost) ?? lists[0] ?? []
  return field === undefined ? undefined : { field, size: schema?.maxItems }
}

function retryTable(spec: Json, operation: Operation): Record<string, unknown> {
  const table: Record<string, unknown> = {}
  for (const [name, example] of answersOf(spec, operation).flatMap(({ examples }) => examples)) {
    const retry = example['x-retry'] as unknown
    const code = example['value']?.['code'] as unknown
    if (retry === undefined || typeof code !== 'number') continue
    if (table[code] && table[code] !== retry) {
      throw new SpecError(
        `${operation.id}: example "${name}" gives code ${code} another x-retry than an example before it`,
      )
    }
    table[code] = retry
  }
  return table
}

/** Types of a schema, also where only its values or its alternatives tell them. */
function typesOf(spec: Json, schema: Schema): string[] {
  if (schema.type !== undefined) return [schema.type].flat()
  const values = valuesOf(schema)?.map((value) => (Number.isInteger(value) ? 'integer' : typeof value))
  const alternatives = schema.oneOf ?? schema.anyOf
  return [...new Set(values ?? alternatives?.flatMap((one) => typesOf(spec, schemaOf(spec, one))) ?? ['string'])]
}

/** How each form field is read: its type, with `[]` for a list. */
export function formTable(spec: Json, { id, form }: Operation): Record<string, string> {
  const kind = (name: string, schema: Schema): string => {
    const refuse = (what: string) => new SpecError(`${id}: field "${name}" ${what}`)
    const [type = 'string', ...others] = typesOf(spec, schema)
    if (type === 'null' || others.includes('null'))
      throw refuse('may be null, which a form cannot carry; leave it out of "required"')
    if (type === 'object') throw refuse('is an object, which a form cannot carry; make it a JSON string')
    if (others.length > 0 && ![type, ...others].includes('string'))
      throw refuse(`must have one type. Received ${[type, ...others].join(', ')}`)
    if (others.length > 0) return 'string'
    if (type !== 'array') return type
    const item = kind(name, schemaOf(spec, schema.items))
    if (item.endsWith('[]')) throw refuse('is a list of lists, which a form cannot carry')
    return `${item}[]`
  }
  return Object.fromEntries(propertiesOf(spec, form).map(([name, schema]) => [name, kind(name, schema)]))
}

function templateOf(spec: Json, schema: Schema | undefined, depth = 0): Template {
  if (depth > 20) throw new SpecError('an answer holds itself without end; break the circle with an example')
  const whole = schemaOf(spec, schema)
  // Alternatives: the first will do.
  const [alternative] = whole.oneOf ?? whole.anyOf ?? []
  const merged = alternative ? schemaOf(spec, { allOf: [whole, alternative] }) : whole
  const { example, examples = [], enum: choices = [], default: preset, ...found } = merged
  const only = onlyValue({ ...found, enum: choices })
  if (only !== undefined) return { is: only }
  if (typeof found['x-value-of'] === 'string') return { value: found['x-value-of'] }
  if (typeof found['x-for-each'] === 'string')
    return { each: found['x-for-each'], item: templateOf(spec, found.items, depth + 1) }
  if (found.properties) {
    const wanted = entries(found.properties).filter(([name, property]) => {
      const own = schemaOf(spec, property)
      const built = ['const', 'pattern', 'x-for-each', 'x-value-of', 'properties'].some((keyword) => keyword in own)
      return built || found.required?.includes(name) || example !== undefined || own.examples || 'example' in own
    })
    return {
      object: Object.fromEntries(wanted.map(([name, property]) => [name, templateOf(spec, property, depth + 1)])),
    }
  }
  if (found.pattern && found.type === 'string') return { text: recipeOf(found.pattern) }
  const given = [example, ...examples, preset, ...choices].find((value) => value !== undefined)
  const blank: Record<string, unknown> = {
    string: 'string',
    integer: found.minimum ?? 0,
    number: found.minimum ?? 0,
    boolean: false,
    array: [],
    object: {},
  }
  return { is: given ?? blank[[found.type ?? 'object'].flat()[0] ?? 'object'] ?? null }
}

/** The first sentence of a description, in one line. */
const sentence = (description: unknown) =>
  String(description ?? '')
    .replaceAll(/\s+/g, ' ')
    .replace(/(?<=[.:]) .*$/, '')
    .trim()

/** What the spec says of each field and header, and the vendor's page: what a report quotes. `''` is the operation. */
function notesTable(
  spec: Json,
  { definition, form, headers }: Operation,
): Record<string, { text: string; docs?: string }> {
  const page = (node: unknown) => (node as Json | undefined)?.['externalDocs']?.['url'] as unknown as string | undefined
  const schemes = Object.values((spec['components']?.['securitySchemes'] ?? {}) as Json)
  const signing = schemes.map((one) => one['x-signature']?.['docs'] as unknown).find((one) => one !== undefined)
  const rate = definition['x-rate-limit']?.['docs'] as unknown
  const whole = page(definition) ?? page(spec)
  const note = (text: unknown, docs: unknown) => ({ text: sentence(text), ...(docs ? { docs: String(docs) } : {}) })
  return {
    '': note(definition['summary'], whole),
    ...Object.fromEntries(
      propertiesOf(spec, form).map(([name, schema]) => [
        name,
        note(schema['description' as 'x-'], page(schema) ?? whole),
      ]),
    ),
    ...Object.fromEntries(
      headers.map(({ name, description }) => [name.toLowerCase(), note(description, signing ?? whole)]),
    ),
    ...Object.fromEntries(schemes.map((one) => [String(one['name']), note(one['description'], signing ?? whole)])),
    rate: note('', rate ?? whole),
  }
}

/** What the stand-in needs of one operation. */
function standInTable(spec: Json, operation: Operation): object {
  const answers = answersOf(spec, operation)
  const examples: Record<string, object> = {}
  const raisedBy: Record<string, string> = {}
  for (const { status, examples: named } of answers) {
    for (const [name, example] of named) {
      if (Object.hasOwn(examples, name))
        throw new SpecError(`${operation.id}: two answers have an example named "${name}"`)
      examples[name] = { status, body: example['value'] }
      for (const keyword of (example['x-raised-by'] as unknown as string[] | undefined) ?? [])
        raisedBy[keyword] ??= name
    }
  }
  const success = successOf(spec, operation)
  return {
    fields: formTable(spec, operation),
    headers: operation.headers.map(({ name }) => name),
    examples,
    raisedBy,
    notes: notesTable(spec, operation),
    success: { status: success.status, body: success.schema && templateOf(spec, success.schema) },
  }
}

/** The two values of a field that is on or off, as a form carries them: off, on. */
function switchOf(schema: Schema): readonly [string, string] | undefined {
  if (schema.type === 'boolean') return ['false', 'true']
  const values = valuesOf(schema) ?? []
  return schema.type === 'integer' && values.length === 2 && values.includes(0) && values.includes(1)
    ? ['0', '1']
    : undefined
}

/** A value of a field as texts, one for each value of a list. */
function exampleOf({ example, examples = [], const: only, enum: values = [] }: Schema): string[] {
  const [first] = [example, ...examples, only, ...values].filter((value) => value !== undefined)
  return first === undefined ? [] : [first].flat().map(String)
}

/** What the command line needs of one operation. */
function commandLineTable(spec: Json, { definition, form }: Operation): object {
  const required = schemaOf(spec, form).required ?? []
  const fields = propertiesOf(spec, form).map(([name, schema]) => {
    const [about] = (schema.description ?? '').split(/(?<=[.:])\s|\n\s*\n/)
    const row = {
      flag: schema['x-flag'] ?? name,
      about: about?.replaceAll(/\s+/g, ' ').replaceAll('`', '').trim(),
      required: required.includes(name),
      switch: switchOf(schema),
      example: exampleOf(schema),
    }
    return [name, row] as const
  })
  return { summary: definition['summary'], fields: Object.fromEntries(fields) }
}

const ROLES = ['appKey', 'nonce', 'timestamp']

export function securityTable(spec: Json): {
  headers: Record<string, string>
  aliases: Record<string, string[]>
  prefixes: string[]
  signature: string
  signs: string[]
  nonceLength: number | undefined
} {
  const schemes = entries((spec['components']?.['securitySchemes'] ?? {}) as Json)
  const signature = schemes.find(([, scheme]) => scheme['x-signature'])
  if (!signature) throw new SpecError('components/securitySchemes: one scheme must have "x-signature"')
  for (const [name, scheme] of schemes) {
    if (name !== signature[0] && !ROLES.includes(name)) {
      throw new SpecError(
        `components/securitySchemes: "${name}" must be one of ${ROLES.join(', ')}, or carry "x-signature"`,
      )
    }
    if ((scheme['in'] as unknown) !== 'header')
      throw new SpecError(`components/securitySchemes: "${name}" must be in a header`)
  }
  const aliases = (scheme: Json) => (scheme['x-aliases'] as unknown as string[] | undefined) ?? []
  const prefixes = schemes
    .map(([, scheme]) => aliases(scheme).map((alias) => alias.slice(0, -String(scheme['name']).length)))
    .reduce((all, some) => all.filter((prefix) => some.includes(prefix)))
  return {
    headers: Object.fromEntries(schemes.map(([name, scheme]) => [name, String(scheme['name'])])),
    aliases: Object.fromEntries(schemes.map(([name, scheme]) => [name, aliases(scheme)])),
    prefixes,
    signature: signature[0],
    signs: signature[1]['x-signature']?.['of'] as unknown as string[],
    nonceLength: schemes.find(([name]) => name === 'nonce')?.[1]['x-schema']?.['maxLength'] as unknown as
      | number
      | undefined,
  }
}

const serversOf = (spec: Json) =>
  ((spec['servers'] as unknown as Json[] | undefined) ?? []).map((server) => ({
    url: String(server['url']).replace(/\/$/, ''),
    region: server['x-region'] as unknown as string | undefined,
    backup: server['x-backup'] !== undefined,
  }))

const union = (names: readonly string[]) =>
  [...new Set(names)].map((name) => JSON.stringify(name)).join(' | ') || 'never'

/** @returns the source of `contract.ts` */
export function generateTables(spec: Json): string {
  const operations = operationsOf(spec)
  const { types, prefix, fields } = messageTypesOf(spec)
  const security = securityTable(spec)
  const servers = serversOf(spec)
  const constant = (doc: string, name: string, value: unknown) =>
    `/** ${doc} */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const\n`
  const byOperation = (table: (operation: Operation) => object) =>
    Object.fromEntries(operations.map((operation) => [operation.id, table(operation)]))
  const contents = [...types].map(([type, { schema }]) => `  ${JSON.stringify(type)}: ${typeExpression(schema)}\n`)
  return [
    '/** The contract as tables. Made by `npm run generate`; edit spec/ instead. */',
    contents.length > 0 ? "import type { components } from './openapi.js'\n" : '',
    constant(
      'What the client knows of each operation.',
      'operations',
      byOperation((one) => operationTable(spec, one)),
    ),
    constant(
      'What the stand-in knows of each operation.',
      'standIn',
      byOperation((one) => standInTable(spec, one)),
    ),
    constant(
      'What the command line knows of each operation.',
      'commandLine',
      byOperation((one) => commandLineTable(spec, one)),
    ),
    constant('Hosts, with their region.', 'servers', servers),
    constant('The headers that sign a call.', 'security', security),
    constant(
      'The fields that carry type and content of a message.',
      'messageFields',
      fields ?? { type: '', content: '' },
    ),
    constant('The prefix that only predefined message types may have.', 'reservedPrefix', prefix),
    `/** Regions of the hosts. */\nexport type Region = ${union(servers.flatMap(({ region }) => region ?? []))}\n`,
    `/** Prefixes under which all security headers are accepted. */\nexport type HeaderPrefix = ${union(['', ...security.prefixes])}\n`,
    `/** Names that only predefined message types may have. */\nexport type ReservedName = ${prefix ? `\`${prefix}\${string}\`` : 'never'}\n`,
    `/** A message, as the fields of a request. */\nexport interface MessageFields {\n${fields ? `  ${JSON.stringify(fields.type)}: string\n  ${JSON.stringify(fields.content)}: string\n` : ''}}\n`,
    `/** The JSON inside a message, by message type. */\nexport interface MessageContents {\n${contents.join('')}}\n`,
  ].join('\n')
}

function typeExpression({ $ref }: Schema): string {
  const name = $ref && /^#\/components\/schemas\/([^/]+)$/.exec($ref)?.[1]
  return name ? `components['schemas'][${JSON.stringify(name)}]` : 'Record<string, unknown>'
}

/** Schema keywords of a request that no error answer claims, a sentence each: the stand-in answers those by its best guess. */
export function unclaimed(spec: Json): string[] {
  return operationsOf(spec).flatMap((operation) => {
    const claimed = answersOf(spec, operation).flatMap(({ examples }) =>
      examples.flatMap(([, example]) => (example['x-raised-by'] as unknown as string[] | undefined) ?? []),
    )
    const used = new Set<string>(operation.form ? ['type'] : [])
    const visit = (schema: Schema) => {
      for (const keyword of Object.keys(schema)) if (SCHEMA_BREACHES.includes(keyword)) used.add(keyword)
      for (const [, property] of propertiesOf(spec, schema)) visit(property)
      if (schema.items) visit(schemaOf(spec, schema.items))
    }
    visit(schemaOf(spec, operation.form))
    return [...used]
      .filter((keyword) => !claimed.includes(keyword))
      .map((keyword) => `${operation.id}: no error answer has "${keyword}" in its x-raised-by`)
  })
}
