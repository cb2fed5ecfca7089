/**
 * `generated/contract.ts`: small tables of what the spec says, for the client, the stand-in and the command line.
 *
 * @module
 */
import { atOperation, type Json, type Operation, operationsOf, type Schema, schemaOf, within } from '../spec.js'
import { SCHEMA_BREACHES } from '../vocabulary.js'
import { answersOf } from './answers.js'
import { operationTable } from './client.js'
import { commandLineTable } from './command-line.js'
import { messageTypesOf } from './message-types.js'
import { notesTable } from './notes.js'
import { propertiesOf } from './schemas.js'
import { securityTable, serversOf } from './security.js'
import { standInTable } from './stand-in.js'

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
    Object.fromEntries(
      operations.map((operation) => [operation.id, within(atOperation(operation), () => table(operation))]),
    )
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
      'What a report quotes from the spec.',
      'notes',
      byOperation((one) => notesTable(spec, one)),
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
