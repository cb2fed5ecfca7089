/**
 * Nodes of the spec with their places, as the rules look at them.
 *
 * @module
 */

/** Media type of every request body. */
export const FORM = 'application/x-www-form-urlencoded'

/** Methods of operations, as OpenAPI names them. */
export const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** Header parameters that OpenAPI leaves to other parts of the description. */
export const IGNORED_HEADERS = /^(accept|content-type|authorization)$/i

export const isObject = (value) => typeof value === 'object' && value !== null && !Array.isArray(value)

/** True for a name that a header may have. */
export const isToken = (name) => typeof name === 'string' && /^[\w!#$%&'*+\-.^`|~]+$/.test(name)

/** The node that a `$ref` points at, with its place. `from` is the place of the given node itself. */
export function follow({ resolve }, node, from) {
  if (!node?.$ref) return { node, at: from }
  const found = resolve({ $ref: node.$ref }, from.source.absoluteRef)
  return { node: found.node, at: found.location ?? from }
}

/** The schemas that must all hold where this one stands: behind its `$ref`, in its `allOf`, and itself; with their places. */
export function partsOf(context, schema, at, depth = 0) {
  if (!isObject(schema) || depth > 9) return []
  const parts = []
  if (schema.$ref) {
    const found = follow(context, schema, at)
    parts.push(...partsOf(context, found.node, found.at, depth + 1))
  }
  const all = Array.isArray(schema.allOf) ? schema.allOf : []
  for (const [i, part] of all.entries()) parts.push(...partsOf(context, part, at.child(['allOf', i]), depth + 1))
  return [...parts, { node: schema, at }]
}

/** A rule of schemas. What stands beside a `$ref` is no node of its own to the linter, so such a node is checked too. */
export const onSchemas = (check) => ({
  Schema: check,
  ref: (node, context) =>
    context.type.name === 'Schema' && Object.keys(node).length > 1 ? check(node, context) : undefined,
})

/** A keyword of a schema, wherever among its parts it stands: its value and place. */
export function keywordOf(context, schema, at, keyword) {
  const part = partsOf(context, schema, at).findLast(({ node }) => node[keyword] !== undefined)
  return part && { value: part.node[keyword], at: part.at.child([keyword]) }
}

/** Fields of a schema, those of its parts too: name → `{ node, at }`. */
export function fieldsOf(context, schema, at) {
  const fields = new Map()
  for (const part of partsOf(context, schema, at)) {
    for (const [name, node] of Object.entries(part.node.properties ?? {}))
      fields.set(name, { node, at: part.at.child(['properties', name]) })
  }
  return fields
}

/** Fields that stand only inside `oneOf` or `anyOf`, where code that reads forms does not look. */
function hiddenFields(context, schema, at, fields) {
  const hidden = new Map()
  for (const keyword of ['oneOf', 'anyOf']) {
    const choice = keywordOf(context, schema, at, keyword)
    for (const [i, one] of (Array.isArray(choice?.value) ? choice.value : []).entries())
      for (const [name, field] of fieldsOf(context, one, choice.at.child([i])))
        if (!fields.has(name)) hidden.set(name, field)
  }
  return hidden
}

/** The body of an operation's form, with the place of its media type; undefined when it has none. */
export function formOf(operation, context) {
  const body = follow(context, operation.requestBody, context.location.child(['requestBody']))
  const media = body.node?.content?.[FORM]
  if (!media?.schema) return undefined
  const at = body.at.child(['content', FORM])
  const schemaAt = at.child(['schema'])
  const fields = fieldsOf(context, media.schema, schemaAt)
  const parts = partsOf(context, media.schema, schemaAt)
  return {
    media,
    at,
    schema: media.schema,
    schemaAt,
    fields,
    /** Names of the required fields. */
    needed: new Set(parts.flatMap(({ node }) => (Array.isArray(node.required) ? node.required : []))),
    hidden: hiddenFields(context, media.schema, schemaAt, fields),
  }
}

/** The answers of an operation: status, answer, place. */
export const answersOf = (operation, context) =>
  Object.entries(operation.responses ?? {}).map(([status, answer]) => {
    const from = context.location.child(['responses', status])
    return { status, from, ...follow(context, answer, from) }
  })

function typeOf(value) {
  if (value === null) return 'null'
  return Number.isInteger(value) ? 'integer' : typeof value
}

/** Types of a schema. Without `type`, those of its values or its alternatives. */
export function typesOf(context, schema, at, depth = 0) {
  const type = keywordOf(context, schema, at, 'type')
  if (type) return [type.value].flat()
  const only = keywordOf(context, schema, at, 'const')
  const values = keywordOf(context, schema, at, 'enum')?.value ?? (only && [only.value])
  if (Array.isArray(values)) return [...new Set(values.map(typeOf))]
  const choice = keywordOf(context, schema, at, 'oneOf') ?? keywordOf(context, schema, at, 'anyOf')
  if (!Array.isArray(choice?.value) || depth > 9)
    return keywordOf(context, schema, at, 'properties') ? ['object'] : ['string']
  return [...new Set(choice.value.flatMap((one, i) => typesOf(context, one, choice.at.child([i]), depth + 1)))]
}

/** A schema with its references written out, as a validator takes it; `{}` where it holds itself. */
export function writtenOut(context, schema, at, above = []) {
  if (Array.isArray(schema)) return schema.map((one, i) => writtenOut(context, one, at.child([i]), above))
  if (!isObject(schema)) return schema
  const { $ref, ...own } = schema
  const rest = Object.fromEntries(
    Object.entries(own).map(([key, value]) => {
      if (key === 'x-message-types') return [key, follow(context, value, at.child([key])).node]
      if (['enum', 'const', 'default', 'example', 'examples'].includes(key) || key.startsWith('x-')) return [key, value]
      return [key, writtenOut(context, value, at.child([key]), above)]
    }),
  )
  if ($ref === undefined) return rest
  const found = follow(context, schema, at)
  const target = above.includes(found.node) ? {} : writtenOut(context, found.node, found.at, [...above, found.node])
  return { ...rest, allOf: [...(rest.allOf ?? []), target] }
}
