/**
 * `generated/contract.ts`: small tables of what the spec says, for the client, the mock and the command line.
 *
 * @module
 */
import { SCHEMA_VIOLATIONS } from '../../lint/keywords.js'
import { commentOf } from '../comments.js'
import { type Operation, operationsOf, propertiesOf, type Schema, type Spec, schemaOf } from '../openapi.js'
import { answersOf, errorFieldsOf } from './answers.js'
import type { AssumptionTable } from './assumptions.js'
import { operationTable } from './client.js'
import { commandLineTable } from './command-line.js'
import { type MessageTypes, messageTypesOf } from './message-types.js'
import { mockTable } from './mock.js'
import { notesTable } from './notes.js'
import { probeTable } from './probe.js'
import { securityTable, serversOf } from './security.js'

const union = (names: readonly string[]) =>
  [...new Set(names)].map((name) => JSON.stringify(name)).join(' | ') || 'never'

/** A table, and its type to the last letter. */
const constant = (doc: string, name: string, value: unknown) =>
  `/** ${doc} */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const\n`

/** The type is written out, so that the package does not ship each sentence as a type. `AssumptionRow` describes the members. */
const assumptionsTable = (rows: AssumptionTable['rows']) => `/** What nobody could confirm, and what would settle it. */
export const assumptions: Readonly<
  Record<
    string,
    {
      readonly claim: string
      readonly at: string
      readonly isAboutAnswer?: boolean
      readonly questions?: readonly string[]
      readonly unsettled?: string
    }
  >
> = ${JSON.stringify(rows, null, 2)}
`

const typeAlias = (doc: string, name: string, type: string) => `/** ${doc} */\nexport type ${name} = ${type}\n`

interface Member {
  readonly name: string
  readonly type: string
  readonly doc: string | undefined
}

const objectType = (doc: string, name: string, members: readonly Member[]) => {
  const lines = members.map((one) => `${commentOf(one.doc, '  ')}  ${JSON.stringify(one.name)}: ${one.type}\n`)
  return `/** ${doc} */\nexport interface ${name} {\n${lines.join('')}}\n`
}

/** The type of a member of a row where it is not that of its value, to the last letter. */
type MemberType = (name: string, value: object) => string | undefined

/** Types that are written out, so that the package does not ship each sentence and each pattern as a type. */
const mockMemberType: MemberType = (name, value) => {
  if (name === 'examples')
    return `Readonly<Record<${union(Object.keys(value))}, { readonly status: number; readonly body: unknown }>>`
  if (name === 'raisedBy') return 'Readonly<Record<string, string>>'
  const rule = '{ readonly pattern: string; readonly text: string }'
  return name === 'suspicious' ? `Readonly<Record<string, Readonly<Record<string, ${rule}>>>>` : undefined
}

/** A row as an object literal. */
function rowLiteral(row: object, memberType: MemberType): string {
  const members = Object.entries(row).map(([name, value]) => {
    const type = memberType(name, value)
    const text = JSON.stringify(value, null, 2).replaceAll('\n', '\n  ')
    return `  ${JSON.stringify(name)}: ${text}${type ? ` as ${type}` : ''}`
  })
  return `{\n${members.join(',\n')}\n}`
}

/** A table with a row for each operation. Each row is a constant by itself: TypeScript writes no type of hundreds of them. */
function rowsTable(
  spec: Spec,
  doc: string,
  name: string,
  row: (spec: Spec, operation: Operation) => object,
  memberType: MemberType = () => undefined,
): string {
  const operations = operationsOf(spec)
  const constants = operations.map(
    (one) => `const ${name}_${one.id} = ${rowLiteral(row(spec, one), memberType)} as const\n`,
  )
  const types = operations.map(({ id }) => `  readonly ${id}: typeof ${name}_${id}\n`)
  const values = operations.map(({ id }) => `  ${id}: ${name}_${id},\n`)
  return `${constants.join('')}/** ${doc} */\nexport const ${name}: {\n${types.join('')}} = {\n${values.join('')}}\n`
}

/** The types that are a choice of texts. */
function typeAliases(spec: Spec, reserved: string): string[] {
  const regions = serversOf(spec).flatMap(({ region }) => region ?? [])
  const first = operationsOf(spec).slice(0, 1)
  return [
    typeAlias('Regions of the hosts.', 'Region', union(regions)),
    typeAlias(
      'Prefixes under which all security headers are accepted.',
      'HeaderPrefix',
      union(['', ...securityTable(spec).prefixes]),
    ),
    typeAlias(
      'Names that only predefined message types may have.',
      'ReservedName',
      reserved ? `\`${reserved}\${string}\`` : 'never',
    ),
    typeAlias(
      'The operation that is meant where none is named: the first.',
      'FirstOperation',
      union(first.map(({ id }) => id)),
    ),
  ]
}

/** The two fields of a message, where the contract has messages. */
function messageMembers(fields: MessageTypes['fields']): Member[] {
  if (!fields) return []
  return [
    { name: fields.type, type: 'string', doc: 'Name of the message type.' },
    { name: fields.content, type: 'string', doc: 'The message as a string.' },
  ]
}

/** The type of a message's content: a reference to its component, so that its fields are not written out twice. */
function contentType({ $ref = '' }: Schema): string {
  const [, name] = /^#\/components\/schemas\/([^/]+)$/.exec($ref) ?? []
  return name ? `components['schemas'][${JSON.stringify(name)}]` : 'Record<string, unknown>'
}

/**
 * @param assumptions what nobody could confirm, by id
 * @returns the source of `contract.ts`
 */
export function generateTables(spec: Spec, assumptions: AssumptionTable['rows']): string {
  const { types, prefix, fields } = messageTypesOf(spec)
  const contents = [...types].map(([name, { schema }]) => ({
    name,
    type: contentType(schema),
    doc: schemaOf(spec, schema).description,
  }))
  return [
    '/** The contract as tables. Made by `npm run generate`; edit spec/ instead. */',
    contents.length > 0 ? "import type { components } from './openapi.js'\n" : '',
    rowsTable(spec, 'What the client knows of each operation.', 'operations', operationTable),
    rowsTable(spec, 'What the mock knows of each operation.', 'mockTables', mockTable, mockMemberType),
    rowsTable(
      spec,
      'What a report quotes from the spec.',
      'notes',
      notesTable,
      () => '{ readonly text: string; readonly docs?: string }',
    ),
    rowsTable(spec, 'What the command line knows of each operation.', 'commandLine', commandLineTable),
    rowsTable(spec, 'What the command `probe` knows of each operation.', 'probeTables', probeTable),
    assumptionsTable(assumptions),
    constant('Hosts, with their region.', 'servers', serversOf(spec)),
    constant('The headers that sign a call.', 'security', securityTable(spec)),
    constant('The fields of an error answer.', 'errorFields', errorFieldsOf(spec)),
    constant(
      'The fields that carry type and content of a message.',
      'messageFields',
      fields ?? { type: '', content: '' },
    ),
    constant('The prefix that only predefined message types may have.', 'reservedPrefix', prefix),
    ...typeAliases(spec, prefix),
    objectType('A message, as the fields of a request.', 'MessageFields', messageMembers(fields)),
    objectType('The JSON inside a message, by message type.', 'MessageContents', contents),
  ].join('\n')
}

/** The examples of an operation that claim a violation, by keyword. */
function claimsOf(spec: Spec, operation: Operation): Map<string, string[]> {
  const claims = new Map<string, string[]>()
  for (const { examples } of answersOf(spec, operation)) {
    for (const [name, { 'x-raised-by': keywords = [] }] of examples) {
      for (const keyword of keywords) claims.set(keyword, [...(claims.get(keyword) ?? []), name])
    }
  }
  return claims
}

/** The schema keywords of a request. */
function keywordsOf(spec: Spec, { form }: Operation): Set<string> {
  const used = new Set<string>(form ? ['type'] : [])
  const visit = (schema: Schema) => {
    for (const keyword of Object.keys(schema)) if (SCHEMA_VIOLATIONS.includes(keyword)) used.add(keyword)
    for (const [, property] of propertiesOf(spec, schema)) visit(property)
    if (schema.items) visit(schemaOf(spec, schema.items))
  }
  visit(schemaOf(spec, form))
  return used
}

/**
 * A sentence for each violation that no error answer claims, or that several claim: the mock answers the former by its best
 * guess, and the latter by the first.
 */
export function claimWarnings(spec: Spec): string[] {
  return operationsOf(spec).flatMap((operation) => {
    const claims = claimsOf(spec, operation)
    const unclaimed = [...keywordsOf(spec, operation)]
      .filter((keyword) => !claims.has(keyword))
      .map((keyword) => `${operation.id}: no error answer has "${keyword}" in its x-raised-by`)
    const twice = [...claims].flatMap(([keyword, names]) => {
      if (names.length === 1) return []
      return `${operation.id}: ${names.join(' and ')} have "${keyword}" in their x-raised-by; ${names[0]} answers`
    })
    return [...unclaimed, ...twice]
  })
}
