/**
 * The `x-` keywords of `spec/`, as a Redocly plugin: a keyword that is unknown, misplaced, misshapen, or that names a field
 * which does not exist is a lint error with its place. What the keywords mean stands in `spec/vocabulary.md`.
 *
 * Plain JavaScript because `redocly lint` loads it directly.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { compatibility } from './compatibility.js'

const text = { type: 'string', minLength: 1 }
const yes = { const: true }
const names = { type: 'array', items: text, minItems: 1, uniqueItems: true }

/** Breaches that no schema keyword names: they concern the request as a whole. */
export const REQUEST_BREACHES = [
  'path',
  'method',
  'media-type',
  'body-size',
  'app-key',
  'signature',
  'body',
  'encoding',
  'repeated',
  'rate-limit',
]

/** Schema keywords that the validators check, so that an error answer may claim them. */
export const SCHEMA_BREACHES = [
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
  'minProperties',
  'maxProperties',
  'x-max-bytes',
  'x-reserved-prefix',
  'x-message-types',
]

/** One row per keyword: the objects it may stand on (`*` is any) and the JSON Schema of its value. */
export const VOCABULARY = {
  'x-max-bytes': { on: ['Schema'], shape: { type: 'integer', minimum: 1 } },
  'x-unit': { on: ['Schema'], shape: text },
  'x-reserved-prefix': { on: ['Schema'], shape: text },
  'x-message-types': { on: ['Schema'], shape: { type: 'object' } },
  'x-content-field': { on: ['Schema'], shape: text },
  'x-flag': { on: ['Schema'], shape: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' } },
  'x-for-each': { on: ['Schema'], shape: text },
  'x-value-of': { on: ['Schema'], shape: text },
  'x-rate-limit': {
    on: ['Operation'],
    shape: {
      type: 'object',
      required: ['limit', 'period'],
      additionalProperties: false,
      properties: {
        limit: { type: 'integer', minimum: 1 },
        period: { type: 'integer', minimum: 1 },
        cost: text,
        docs: text,
        'x-assumption': text,
      },
    },
  },
  'x-signature': {
    on: ['SecurityScheme'],
    shape: {
      type: 'object',
      required: ['algorithm', 'encoding', 'of'],
      additionalProperties: false,
      properties: {
        algorithm: { enum: ['sha1'] },
        encoding: { enum: ['hex'] },
        of: names,
        docs: text,
        vector: { type: 'object', required: ['appSecret', 'source'], additionalProperties: text },
      },
    },
  },
  'x-aliases': { on: ['SecurityScheme'], shape: names },
  'x-schema': { on: ['SecurityScheme'], shape: { type: 'object', required: ['type'] } },
  'x-region': { on: ['Server'], shape: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' } },
  'x-backup': { on: ['Server'], shape: yes },
  'x-raised-by': {
    on: ['Example'],
    shape: {
      type: 'array',
      items: { enum: [...SCHEMA_BREACHES, ...REQUEST_BREACHES] },
      minItems: 1,
      uniqueItems: true,
    },
  },
  'x-retry': { on: ['Example'], shape: { enum: ['never', 'after-wait', 'unknown'] } },
  'x-is': { on: ['Operation'], shape: names },
  'x-is-not': { on: ['Operation'], shape: names },
  'x-assumption': { on: ['*'], shape: text },
  // Redocly's own.
  'x-codeSamples': { on: ['Operation'], shape: { type: 'array', minItems: 1 } },
}

const ajv = new Ajv2020({ allowUnionTypes: true })
const fits = Object.fromEntries(Object.entries(VOCABULARY).map(([name, { shape }]) => [name, ajv.compile(shape)]))

/** The closest known keyword, for "did you mean": one that shares the most pairs of letters. */
function closest(name) {
  const pairs = (word) => new Set(Array.from(word, (_, i) => word.slice(i, i + 2)))
  const score = (known) => [...pairs(known)].filter((pair) => pairs(name).has(pair)).length
  return Object.keys(VOCABULARY).reduce((best, known) => (score(known) > score(best) ? known : best))
}

function keywords() {
  return {
    any(node, { type, location, report }) {
      if (typeof node !== 'object' || node === null) return
      for (const [key, value] of Object.entries(node)) {
        if (!key.startsWith('x-')) continue
        const row = VOCABULARY[key]
        const complain = (message) => report({ message, location: location.child([key]).key() })
        if (!row) complain(`Unknown keyword "${key}". Did you mean "${closest(key)}"?`)
        else if (!row.on.includes('*') && !row.on.includes(type.name))
          complain(`Keyword "${key}" must stand on ${row.on.join(' or ')}. Received it on ${type.name}.`)
        else if (!fits[key](value))
          complain(`Keyword "${key}" ${ajv.errorsText(fits[key].errors, { dataVar: 'value' })}.`)
      }
    },
  }
}

/** A node behind its `$ref`, with its place; `from` is the place of what stands there now. */
function follow({ resolve }, node, from) {
  if (!node?.$ref) return { node, at: from }
  const found = resolve(node, from.source.absoluteRef)
  return { node: found.node, at: found.location ?? from }
}

/** The form fields of an operation, with the place of their media type; undefined when it has no form body. */
function formOf(operation, context) {
  const body = follow(context, operation.requestBody, context.location.child(['requestBody']))
  const media = body.node?.content?.['application/x-www-form-urlencoded']
  if (!media?.schema) return undefined
  const at = body.at.child(['content', 'application/x-www-form-urlencoded'])
  const schema = follow(context, media.schema, at.child(['schema']))
  return { media, at, fields: fieldsOf(context, schema.node, schema.at) }
}

/** Properties with their places, those of `allOf` too. */
function fieldsOf(context, schema, at) {
  const own = Object.entries(schema?.properties ?? {}).map(([name, node]) => [
    name,
    { node, at: at.child(['properties', name]) },
  ])
  const parts = (schema?.allOf ?? []).flatMap((part, i) => {
    const found = follow(context, part, at.child(['allOf', i]))
    return [...fieldsOf(context, found.node, found.at)]
  })
  return new Map([...parts, ...own])
}

function fieldNames() {
  return {
    Operation(operation, context) {
      const form = formOf(operation, context)
      // A body of another media type has fields that nobody here can name; the generator refuses it.
      if (operation.requestBody && !form) return
      const fields = [...(form?.fields.keys() ?? [])]
      const known = (name, location) => {
        if (fields.includes(name)) return
        const list = fields.join(', ') || 'none'
        context.report({ message: `"${name}" is no field of the request. Its fields: ${list}.`, location })
      }
      const { cost } = operation['x-rate-limit'] ?? {}
      if (cost) known(cost, context.location.child(['x-rate-limit', 'cost']))
      const flags = new Map()
      for (const [name, property] of form?.fields ?? []) {
        const { node, at } = follow(context, property.node, property.at)
        const flag = node?.['x-flag'] ?? name
        if (flags.has(flag)) {
          const message = `"${flag}" is the flag of "${flags.get(flag)}" already.`
          context.report({ message, location: node?.['x-flag'] ? at.child(['x-flag']) : at.key() })
        }
        flags.set(flag, name)
        const contentField = node?.['x-content-field']
        if (contentField) known(contentField, at.child(['x-content-field']))
        else if (node?.['x-message-types'])
          context.report({ message: '"x-message-types" must have "x-content-field" beside it.', location: at.key() })
      }
      const seen = new Set()
      const visit = (schema, from) => {
        const { node, at } = follow(context, schema, from)
        if (typeof node !== 'object' || node === null || seen.has(node)) return
        seen.add(node)
        for (const key of ['x-for-each', 'x-value-of']) if (node[key]) known(node[key], at.child([key]))
        for (const [name, child] of Object.entries(node.properties ?? {})) visit(child, at.child(['properties', name]))
        if (node.items) visit(node.items, at.child(['items']))
      }
      for (const [status, answer] of Object.entries(operation.responses ?? {})) {
        const { node, at } = follow(context, answer, context.location.child(['responses', status]))
        for (const [type, media] of Object.entries(node?.content ?? {}))
          if (media.schema) visit(media.schema, at.child(['content', type, 'schema']))
      }
    },
  }
}

/** A list without its encoding is read differently by every tool: it must say `style: form, explode: true`. */
function listEncoding() {
  return {
    Operation(operation, context) {
      const form = formOf(operation, context)
      for (const [name, property] of form?.fields ?? []) {
        const { node } = follow(context, property.node, property.at)
        if (node?.type !== 'array') continue
        const { style, explode } = form.media.encoding?.[name] ?? {}
        if (style === 'form' && explode === true) continue
        context.report({
          message: `The list "${name}" must have its encoding written out: { style: form, explode: true }.`,
          location: form.at.child(['encoding', name]),
        })
      }
    },
  }
}

function signatureParts() {
  return {
    Components({ securitySchemes = {} }, context) {
      for (const [name, scheme] of Object.entries(securitySchemes)) {
        const at = context.location.child(['securitySchemes', name])
        const { node, at: place } = follow(context, scheme, at)
        for (const part of node?.['x-signature']?.of ?? []) {
          if (part === 'appSecret' || part in securitySchemes) continue
          context.report({
            message: `"${part}" is neither appSecret nor a security scheme. Schemes: ${Object.keys(securitySchemes).join(', ')}.`,
            location: place.child(['x-signature', 'of']),
          })
        }
      }
    },
  }
}

/** A vector is a witness from outside: one that does not fit says that the rule beside it is wrong, or the copy of it. */
function signatureVector() {
  return {
    Components({ securitySchemes = {} }, context) {
      for (const [name, scheme] of Object.entries(securitySchemes)) {
        const { node, at } = follow(context, scheme, context.location.child(['securitySchemes', name]))
        const { of = [], vector } = node?.['x-signature'] ?? {}
        if (!vector) continue
        const location = at.child(['x-signature', 'vector'])
        const missing = Object.keys(securitySchemes).find((part) => !(part in vector))
        const signed = createHash('sha1').update(of.map((part) => vector[part]).join(''))
        if (missing) context.report({ message: `The vector must have "${missing}".`, location })
        else if (signed.digest('hex') !== vector[name])
          context.report({ message: 'The vector must fit what "of" says is signed.', location })
      }
    },
  }
}

/** Lets Redocly look inside `x-message-types`, so that its schemas are resolved, linted and hoisted like all others. */
function types(known) {
  return {
    ...known,
    Schema: { ...known.Schema, properties: { ...known.Schema.properties, 'x-message-types': 'MessageTypes' } },
    MessageTypes: { properties: {}, additionalProperties: 'MessageType' },
    MessageType: {
      properties: {
        schema: 'Schema',
        counted: { type: 'boolean' },
        stored: { type: 'boolean' },
        status: { type: 'boolean' },
      },
      required: ['schema', 'counted', 'stored'],
    },
  }
}

/** @returns the plugin, as `redocly.yaml` names it. */
export default function vocabulary() {
  return {
    id: 'contract',
    typeExtension: { oas3: types },
    rules: {
      oas3: {
        keywords,
        'field-names': fieldNames,
        'list-encoding': listEncoding,
        'signature-parts': signatureParts,
        'signature-vector': signatureVector,
      },
    },
    diff: { oas3: compatibility },
  }
}
