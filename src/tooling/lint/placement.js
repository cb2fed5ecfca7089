/**
 * A rule of our keywords: they stand where the generator reads them.
 *
 * @module
 */
import { answersOf, follow, formOf, isObject, keywordOf, onSchemas, typesOf } from './nodes.js'

/** Keywords that are read only in requests, and those that are read only in answers. Elsewhere they would be ignored. */
const IN_REQUESTS = ['x-flag', 'x-unit', 'x-reserved-prefix', 'x-message-types', 'x-content-field', 'x-suspicious']
const IN_ANSWERS = ['x-for-each', 'x-value-of', 'x-called-path', 'x-error-part']
const IN_SUCCESSES = ['x-for-each', 'x-value-of']
const IN_ERRORS = ['x-error-part']

/** Keywords of examples that are read only in answers, and those of them that are read only in errors. */
const OF_EXAMPLES = ['x-raised-by', 'x-retry', 'x-causes', 'x-diagnosis']

/** The type that a keyword is about. */
const OF_TYPE = {
  'x-max-bytes': 'string',
  'x-unit': 'array',
  'x-pattern-words': 'string',
  'x-reserved-prefix': 'string',
  'x-message-types': 'string',
  'x-for-each': 'array',
  'x-called-path': 'string',
  'x-suspicious': 'string',
}

/** Keywords that need a certain keyword beside them. */
const BESIDE = [
  ['x-pattern-words', 'pattern'],
  ['x-content-field', 'x-message-types'],
]

/** All schemas below one, with their places. */
function schemasBelow(context, schema, at, visit, seen = new Set()) {
  if (!isObject(schema) || seen.has(schema)) return
  seen.add(schema)
  visit(schema, at)
  const below = (node, place) => schemasBelow(context, node, place, visit, seen)
  if (schema.$ref) {
    const found = follow(context, schema, at)
    below(found.node, found.at)
  }
  for (const [name, node] of Object.entries(schema.properties ?? {})) below(node, at.child(['properties', name]))
  for (const key of ['items', 'additionalProperties']) below(schema[key], at.child([key]))
  for (const key of ['allOf', 'oneOf', 'anyOf'])
    if (Array.isArray(schema[key])) for (const [i, node] of schema[key].entries()) below(node, at.child([key, i]))
}

/** Keywords of a schema that are about another type, or that need another keyword beside them. */
function checkKeywordPlaces(schema, { location, report, ...context }) {
  for (const [keyword, other] of BESIDE)
    if (keyword in schema && !keywordOf(context, schema, location, other))
      report({ message: `"${keyword}" must stand beside "${other}".`, location: location.child([keyword]).key() })
  for (const [keyword, wanted] of Object.entries(OF_TYPE)) {
    if (!(keyword in schema)) continue
    const items = keyword === 'x-suspicious' ? keywordOf(context, schema, location, 'items') : undefined
    const types = items ? typesOf(context, items.value, items.at) : typesOf(context, schema, location)
    if (types.includes(wanted)) continue
    const message = `"${keyword}" is about ${wanted === 'array' ? 'a list' : 'a string'}. Received it on ${types.join(', ')}.`
    report({ message, location: location.child([keyword]).key() })
  }
}

const refuse = (context, keywords, where) => (node, at) => {
  for (const keyword of keywords)
    if (keyword in node)
      context.report({ message: `Nothing reads "${keyword}" in ${where}.`, location: at.child([keyword]).key() })
}

/** Examples of what is no error. */
function checkExampleKeywords(context, media, at, where) {
  for (const [name, example] of Object.entries(media?.examples ?? {})) {
    const found = follow(context, example, at.child(['examples', name]))
    if (isObject(found.node)) refuse(context, OF_EXAMPLES, where)(found.node, found.at)
  }
}

/** @returns a rule: our keywords stand where the generator reads them */
export function placement() {
  return {
    ...onSchemas(checkKeywordPlaces),
    Parameter(parameter, context) {
      const unread = refuse(context, [...IN_REQUESTS, ...IN_ANSWERS], 'a header')
      schemasBelow(context, parameter.schema, context.location.child(['schema']), unread)
      checkExampleKeywords(context, parameter, context.location, 'a header')
    },
    Operation(operation, context) {
      const form = formOf(operation, context)
      if (form) {
        schemasBelow(context, form.schema, form.schemaAt, refuse(context, IN_ANSWERS, 'a request'))
        checkExampleKeywords(context, form.media, form.at, 'a request')
      }
      const top = new Set([...(form?.fields.values() ?? [])].map(({ node }) => node))
      // These keywords are read only on the request's own fields, not on schemas inside a field.
      for (const { node, at } of form?.fields.values() ?? []) {
        const items = keywordOf(context, node, at, 'items')
        if (items)
          schemasBelow(context, items.value, items.at, (schema, place) => {
            if (!top.has(schema))
              refuse(
                context,
                ['x-flag', 'x-unit', 'x-message-types', 'x-content-field'],
                'an item of a list',
              )(schema, place)
          })
      }
      for (const { status, node, at } of answersOf(operation, context)) {
        for (const [type, media] of Object.entries(node?.content ?? {})) {
          const place = at.child(['content', type])
          const isSuccess = /^2/.test(status)
          const where = isSuccess ? 'an answer that means success' : 'an error answer'
          const unread = refuse(context, isSuccess ? IN_ERRORS : IN_SUCCESSES, where)
          schemasBelow(context, media?.schema, place.child(['schema']), refuse(context, IN_REQUESTS, 'an answer'))
          schemasBelow(context, media?.schema, place.child(['schema']), unread)
          if (isSuccess) checkExampleKeywords(context, media, place, where)
        }
      }
    },
    Server(server, { location, report }) {
      if (server['x-backup'] !== undefined && server['x-region'] === undefined)
        report({ message: '"x-backup" must have "x-region" beside it.', location: location.child(['x-backup']).key() })
    },
  }
}
