/**
 * The spec as it is published: what our own keywords say is repeated in standard keywords, for tools that know
 * nothing of them.
 *
 * - `x-max-bytes` gets `maxLength` beside it: a text never has more characters than bytes.
 * - `x-message-types` becomes `if`, `then` and `contentSchema`: a known type has JSON of one of these schemas as its content.
 * - `info.description` gets a table of the message types.
 * - `x-suspicious` keeps one example; the other texts prove its patterns to our linter.
 *
 * @module
 */
import { keysOf, valueAt } from './pointer.js'

type Node = Record<string, unknown>

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && !Array.isArray(value)

const nodeOf = (value: unknown): Node => (isNode(value) ? value : {})

/** The title of the section with the message types. */
export const MESSAGE_TYPES = 'Message types'

/** What holds values, not parts of the spec. */
const VALUES: ReadonlySet<string> = new Set([
  'example',
  'examples',
  'default',
  'const',
  'enum',
  'value',
  'x-codeSamples',
])

/** Visits all objects of a spec, but not the values in it. A field may well be called "default". */
function visit(node: unknown, change: (node: Node) => void, isMap = false): void {
  if (Array.isArray(node)) for (const one of node) visit(one, change)
  if (!isNode(node)) return
  if (!isMap) change(node)
  for (const [name, child] of Object.entries(node))
    if (isMap || !VALUES.has(name)) visit(child, change, !isMap && name === 'properties')
}

/** A limit in characters beside that in bytes, for tools that count only those. */
function addLength(schema: Node): void {
  const bytes = schema['x-max-bytes']
  if (typeof bytes !== 'number') return
  const { maxLength } = schema
  schema['maxLength'] = typeof maxLength === 'number' ? Math.min(maxLength, bytes) : bytes
}

function dropProofs(schema: Node): void {
  for (const row of Object.values(nodeOf(schema['x-suspicious'])).map(nodeOf)) {
    if (Array.isArray(row['examples'])) row['examples'] = row['examples'].slice(0, 1)
    delete row['counterExamples']
  }
}

/** What `x-message-types` says of the field beside it, in JSON Schema. */
function addContents(schema: Node): void {
  const holder = Object.entries(nodeOf(schema['properties'])).find(([, one]) => nodeOf(one)['x-message-types'])
  if (!holder || schema['if'] !== undefined) return
  const [name, field] = holder
  const content = nodeOf(field)['x-content-field']
  const types = Object.entries(nodeOf(nodeOf(field)['x-message-types']))
  if (typeof content !== 'string' || types.length === 0) return
  const schemas = new Map(types.map(([, row]) => [JSON.stringify(contentSchema(row)), contentSchema(row)]))
  schema['if'] = { required: [name], properties: { [name]: { enum: types.map(([type]) => type) } } }
  schema['then'] = {
    properties: {
      [content]: { contentMediaType: 'application/json', contentSchema: { anyOf: [...schemas.values()] } },
    },
    // Otherwise, a linter that looks for misspelt fields in examples would report all other fields here as unknown.
    additionalProperties: true,
  }
}

/** The schema of a type's content: types without known fields share one. */
function contentSchema(row: unknown): unknown {
  const { schema } = nodeOf(row)
  const { $ref } = nodeOf(schema)
  return $ref === undefined ? schema : { $ref }
}

const mark = (value: unknown): string => (value === true ? 'yes' : 'no')

/** The schema behind a reference of the bundled spec, under what stands beside the reference. */
function followed(spec: Node, schema: Node): Node {
  const { $ref, ...own } = schema
  if (typeof $ref !== 'string') return schema
  return { ...followed(spec, nodeOf(valueAt(spec, keysOf($ref)))), ...own }
}

/** `` `text`*, `extra` ``: the fields of a content, with a star behind the required ones. */
function fieldList({ properties, required }: Node): string {
  const needed = Array.isArray(required) ? required : []
  const names = Object.keys(nodeOf(properties))
  return names.map((name) => `\`${name}\`${needed.includes(name) ? '*' : ''}`).join(', ') || 'not documented'
}

/** The message types of all operations as a Markdown table; empty where there are none. */
function typesTable(spec: Node): string {
  const types = new Map<string, Node>()
  visit(spec, (node) => {
    for (const [name, row] of Object.entries(nodeOf(node['x-message-types']))) types.set(name, nodeOf(row))
  })
  if (types.size === 0) return ''
  const rows = [...types].map(([name, { schema, counted, stored, status }]) => {
    const content = followed(spec, nodeOf(schema))
    const description = String(content['description'] ?? '')
      .replaceAll(/\s+/g, ' ')
      .replaceAll('|', '\\|')
    const cells = [`\`${name}\``, description, fieldList(content), mark(counted), mark(stored), mark(status)]
    return `| ${cells.join(' | ')} |`
  })
  return [
    `## ${MESSAGE_TYPES}`,
    '',
    'The content of a predefined type is JSON with these fields, written as a string; a star marks the required ones.',
    'Counted and stored say what the receiving client does; status says that the type is made for status messages.',
    '',
    '| type | what it is | fields | counted | stored | status |',
    '| --- | --- | --- | --- | --- | --- |',
    ...rows,
    '',
  ].join('\n')
}

/** @returns a copy that serves tools which know no keyword of ours */
export function published<Spec extends object>(spec: Spec): Spec {
  const copy = structuredClone(spec)
  visit(copy, addLength)
  visit(copy, addContents)
  visit(copy, dropProofs)
  const table = typesTable(nodeOf(copy))
  const info = nodeOf(nodeOf(copy)['info'])
  if (table) info['description'] = [String(info['description'] ?? '').trim(), table].filter(Boolean).join('\n\n')
  return copy
}
