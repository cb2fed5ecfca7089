/**
 * A rule of the generator's own: of each schema a value can be made that fits it. Vectors, examples and answers need one, and a
 * schema that no value fits would make them wrong without a word.
 *
 * It stands here, and not in `src/tooling/lint`, because it needs the generator: `redocly lint` loads plain JavaScript.
 *
 * @module
 */
import type { Plugin, UserContext } from '@redocly/openapi-core'
import { ANNOTATIONS } from '../lint/keywords.js'
import { answersOf, fieldsOf, follow, formOf, keywordOf, type Part, writtenOut } from '../lint/nodes.js'
import { checkedSchema, createAjv } from './ajv.js'
import { isObject, type Schema, type Spec } from './openapi.js'
import { sampleOf } from './sample.js'

/** The rule, as a config names it. */
export const SAMPLES = 'generator/samples'

const ajv = createAjv({ meta: false, validateSchema: false, code: { optimize: false } })

/** Whether each text of a schema has a value; schemas are shared by many operations. */
const known = new Map<string, boolean>()

/** True for a schema that its own sample fits. */
function hasSample(schema: Readonly<Record<string, unknown>>): boolean {
  const text = JSON.stringify(schema)
  const before = known.get(text)
  if (before !== undefined) return before
  const fits = isFitted(schema)
  known.set(text, fits)
  return fits
}

/** A spec without components: no reference is left that would need the rest of it. */
const NOTHING: Spec = { openapi: '', info: { title: '', version: '' } }

const isAnnotation = (keyword: string): boolean =>
  ANNOTATIONS.includes(keyword) && !['default', 'example', 'examples'].includes(keyword)

/** Keywords beside which an object of fitting fields fits. */
const OF_PLAIN_OBJECTS = new Set(['type', 'properties', 'required', ...ANNOTATIONS])

/**
 * True for a schema with an example, which Redocly checks, and for an object that is nothing but its fields. Of several
 * schemas that must all hold, the example of one may not fit another.
 */
function fitsSurely({ allOf = [], ...schema }: Schema): boolean {
  const [only, ...others] = allOf
  if (only) return others.length === 0 && Object.keys(schema).every(isAnnotation) && fitsSurely(only)
  const { example, examples, properties = {}, required = [] } = schema
  if ((example ?? examples?.[0]) !== undefined) return true
  return (
    required.every((name) => Object.hasOwn(properties, name)) &&
    schema.type === 'object' &&
    Object.keys(schema).every((keyword) => OF_PLAIN_OBJECTS.has(keyword))
  )
}

function isFitted(schema: Schema): boolean {
  if (fitsSurely(schema)) return true
  try {
    return ajv.compile(checkedSchema(schema))(sampleOf(NOTHING, schema))
  } catch {
    // Another rule says what is wrong with the schema.
    return true
  }
}

/** The schemas inside one, with their places. */
function partsBelow(context: UserContext, { node, at }: Part): Part[] {
  const items = keywordOf(context, node, at, 'items')
  return [...fieldsOf(context, node, at).values(), ...(items ? [{ node: items.value, at: items.at }] : [])]
}

/** Reports the innermost schemas that no sample fits. @returns true when there is one */
function checkSample(context: UserContext, part: Part, above: readonly unknown[] = []): boolean {
  const { node } = follow(context, part.node, part.at)
  if (!isObject(node) || above.includes(node)) return false
  const path = [...above, node]
  const below = partsBelow(context, part).map((one) => checkSample(context, one, path))
  if (below.includes(true)) return true
  const schema = writtenOut(context, part.node, part.at)
  if (!isObject(schema) || hasSample(schema)) return false
  context.report({
    message: 'No value can be made that fits this schema: put an example in it.',
    location: part.at.key(),
  })
  return true
}

/** The schemas of an operation: those of its fields, of their messages, and of its successful answer. */
function schemasOf(operation: unknown, context: UserContext): Part[] {
  const fields = [...(formOf(operation, context)?.fields.values() ?? [])]
  const messages = fields.flatMap(({ node, at }) => {
    const found = keywordOf(context, node, at, 'x-message-types')
    const types = found && follow(context, found.value, found.at)
    return Object.entries(isObject(types?.node) ? types.node : {}).flatMap(([name, row]) =>
      types && isObject(row) ? [{ node: row['schema'], at: types.at.child([name, 'schema']) }] : [],
    )
  })
  const answers = answersOf(operation, context).flatMap(({ status, node, at }) => {
    const content = isObject(node) && /^2/.test(status) ? node['content'] : undefined
    return Object.entries(isObject(content) ? content : {}).flatMap(([type, media]) =>
      isObject(media) && media['schema'] ? [{ node: media['schema'], at: at.child(['content', type, 'schema']) }] : [],
    )
  })
  return [...fields, ...messages, ...answers]
}

/** A plugin of Redocly with this rule. */
export const samplePlugin: Plugin = {
  id: 'generator',
  rules: {
    oas3: {
      [SAMPLES]: () => ({
        Operation(operation: unknown, context: UserContext) {
          for (const part of schemasOf(operation, context)) checkSample(context, part)
        },
      }),
    },
  },
}
