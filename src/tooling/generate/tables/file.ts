/**
 * `generated/contract.ts`: small tables of what the spec says, for the client, the mock and the command line.
 *
 * @module
 */

import { SCHEMA_VIOLATIONS } from '../../lint/keywords.js'
import { commentOf } from '../comments.js'
import { atOperation, type Json, type Operation, operationsOf, type Schema, schemaOf, within } from '../openapi.js'
import { answersOf } from './answers.js'
import { operationTable } from './client.js'
import { commandLineTable } from './command-line.js'
import { messageTypesOf } from './message-types.js'
import { mockTable } from './mock.js'
import { notesTable } from './notes.js'
import { propertiesOf } from './schemas.js'
import { securityTable, serversOf } from './security.js'

const union = (names: readonly string[]) =>
  [...new Set(names)].map((name) => JSON.stringify(name)).join(' | ') || 'never'

/** A table, and its type to the last letter. */
const constant = (doc: string, name: string, value: unknown) =>
  `/** ${doc} */\nexport const ${name} = ${JSON.stringify(value, null, 2)} as const\n`

const typeAlias = (doc: string, name: string, type: string) => `/** ${doc} */\nexport type ${name} = ${type}\n`

type Member = readonly [name: string, type: string, doc: unknown]

const objectType = (doc: string, name: string, members: readonly Member[]) => {
  const lines = members.map(
    ([member, type, about]) => `${commentOf(about, '  ')}  ${JSON.stringify(member)}: ${type}\n`,
  )
  return `/** ${doc} */\nexport interface ${name} {\n${lines.join('')}}\n`
}

/** A table with a row for each operation. Each row is a constant by itself: TypeScript writes no type of hundreds of them. */
function rowsTable(doc: string, name: string, rows: readonly (readonly [id: string, row: object])[]): string {
  const constants = rows.map(([id, row]) => `const ${name}_${id} = ${JSON.stringify(row, null, 2)} as const\n`)
  const types = rows.map(([id]) => `  readonly ${id}: typeof ${name}_${id}\n`)
  const values = rows.map(([id]) => `  ${id}: ${name}_${id},\n`)
  return `${constants.join('')}/** ${doc} */\nexport const ${name}: {\n${types.join('')}} = {\n${values.join('')}}\n`
}

/** The tables that have a row for each operation. */
function operationTables(spec: Json): string[] {
  const byOperation = (doc: string, name: string, table: (spec: Json, operation: Operation) => object) => {
    const rows = operationsOf(spec).map((one) => [one.id, within(atOperation(one), () => table(spec, one))] as const)
    return rowsTable(doc, name, rows)
  }
  return [
    byOperation('What the client knows of each operation.', 'operations', operationTable),
    byOperation('What the mock knows of each operation.', 'mockTables', mockTable),
    byOperation('What a report quotes from the spec.', 'notes', notesTable),
    byOperation('What the command line knows of each operation.', 'commandLine', commandLineTable),
  ]
}

/** The types that are a choice of texts. */
function typeAliases(spec: Json, reserved: string): string[] {
  const regions = serversOf(spec).flatMap(({ region }) => region ?? [])
  const [first] = operationsOf(spec)
  const names = reserved ? `\`${reserved}\${string}\`` : 'never'
  const prefixes = ['', ...securityTable(spec).prefixes]
  return [
    typeAlias('Regions of the hosts.', 'Region', union(regions)),
    typeAlias('Prefixes under which all security headers are accepted.', 'HeaderPrefix', union(prefixes)),
    typeAlias('Names that only predefined message types may have.', 'ReservedName', names),
    typeAlias(
      'The operation that is meant where none is named: the first.',
      'FirstOperation',
      union([first?.id ?? []].flat()),
    ),
  ]
}

/** @returns the source of `contract.ts` */
export function generateTables(spec: Json): string {
  const { types, prefix, fields } = messageTypesOf(spec)
  const security = securityTable(spec)
  const servers = serversOf(spec)
  const contents = [...types].map(
    ([type, { schema }]) => [type, typeExpression(schema), schemaOf(spec, schema).description] as const,
  )
  return [
    '/** The contract as tables. Made by `npm run generate`; edit spec/ instead. */',
    contents.length > 0 ? "import type { components } from './openapi.js'\n" : '',
    ...operationTables(spec),
    constant('Hosts, with their region.', 'servers', servers),
    constant('The headers that sign a call.', 'security', security),
    constant(
      'The fields that carry type and content of a message.',
      'messageFields',
      fields ?? { type: '', content: '' },
    ),
    constant('The prefix that only predefined message types may have.', 'reservedPrefix', prefix),
    ...typeAliases(spec, prefix),
    objectType('A message, as the fields of a request.', 'MessageFields', carriers(fields)),
    objectType('The JSON inside a message, by message type.', 'MessageContents', contents),
  ].join('\n')
}

/** The two fields of a message, where the contract has messages. */
function carriers(fields: { readonly type: string; readonly content: string } | undefined): Member[] {
  if (!fields) return []
  return [
    [fields.type, 'string', 'Name of the message type.'],
    [fields.content, 'string', 'The message as a string.'],
  ]
}

function typeExpression({ $ref }: Schema): string {
  const name = $ref && /^#\/components\/schemas\/([^/]+)$/.exec($ref)?.[1]
  return name ? `components['schemas'][${JSON.stringify(name)}]` : 'Record<string, unknown>'
}

/** The examples of an operation that claim a violation, by keyword. */
function claimsOf(spec: Json, operation: Operation): Map<string, string[]> {
  const claims = new Map<string, string[]>()
  for (const { examples } of answersOf(spec, operation)) {
    for (const [name, example] of examples) {
      const keywords = (example['x-raised-by'] as unknown as string[] | undefined) ?? []
      for (const keyword of keywords) claims.set(keyword, [...(claims.get(keyword) ?? []), name])
    }
  }
  return claims
}

/** The schema keywords of a request. */
function keywordsOf(spec: Json, { form }: Operation): Set<string> {
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
 * Violations that no error answer claims, or more than one, a sentence each: the mock answers the former by its best
 * guess, and the latter by the first.
 */
export function claimWarnings(spec: Json): string[] {
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
