/**
 * Rules of the spec that need more of it than one keyword: fields, flags, encodings, signatures. Part of the plugin in
 * `vocabulary.js`.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { follow, formOf, isObject, keywordOf, typesOf } from './nodes.js'

/** Two fields with one flag: the command line could not distinguish them. */
function checkFlags(fields, context) {
  const flags = new Map()
  for (const [name, property] of fields) {
    const { node, at } = follow(context, property.node, property.at)
    const flag = node?.['x-flag'] ?? name
    if (flags.has(flag)) {
      const message = `"${flag}" is the flag of "${flags.get(flag)}" already.`
      context.report({ message, location: node?.['x-flag'] ? at.child(['x-flag']) : at.key() })
    }
    flags.set(flag, name)
  }
}

/** A call that costs more than its limit could never be made. */
function checkCost(rate, fields, context) {
  const { limit, cost } = rate ?? {}
  const field = fields.get(cost)
  if (!field) return
  const most = (
    keywordOf(context, field.node, field.at, 'maxItems') ?? keywordOf(context, field.node, field.at, 'minItems')
  )?.value
  if (keywordOf(context, field.node, field.at, 'type')?.value !== 'array') {
    const message = `The price of a call is the length of a list, and "${cost}" is none.`
    context.report({ message, location: context.location.child(['x-rate-limit', 'cost']) })
  }
  if (!(limit >= 1 && most > limit)) return
  const message = `A call with ${most} of "${cost}" costs more than the limit of ${limit}, so it could never be sent.`
  context.report({ message, location: context.location.child(['x-rate-limit', 'limit']) })
}

/** The field that holds a message's type must name the field that holds its content. */
function checkContentFields(fields, known, context) {
  for (const [name, property] of fields) {
    const { node, at } = follow(context, property.node, property.at)
    const contentField = node?.['x-content-field']
    const content = fields.get(contentField)
    if (contentField === name || (content && !typesOf(context, content.node, content.at).includes('string')))
      context.report({
        message: `"${contentField}" cannot carry a message: the content is a text field of its own.`,
        location: at.child(['x-content-field']),
      })
    else if (contentField) known(contentField, at.child(['x-content-field']))
    else if (node?.['x-message-types'])
      context.report({ message: '"x-message-types" must have "x-content-field" beside it.', location: at.key() })
  }
}

/** The type of what an answer repeats: a field of the request or, in the items that repeat a list, an item of it. */
function repeatedTypes(context, { node, at }, isItem) {
  const items = isItem && keywordOf(context, node, at, 'items')
  return items ? typesOf(context, items.value, items.at) : typesOf(context, node, at)
}

/** An integer is a number. */
const accepts = (types, repeated) =>
  repeated.every((one) => types.includes(one) || (one === 'integer' && types.includes('number')))

/** Where an answer repeats values of the request, its keywords must name request fields, and of the type that they repeat. */
function checkAnswers({ responses = {} }, { fields, needed }, known, context) {
  const seen = new Set()
  const checkRepeated = (node, at, lists, isRequired) => {
    const { 'x-for-each': list, 'x-value-of': value } = node
    for (const key of ['x-for-each', 'x-value-of']) if (node[key]) known(node[key], at.child([key]))
    const listed = fields.get(list)
    if (listed && !typesOf(context, listed.node, listed.at).includes('array')) {
      const message = `"x-for-each" must name a list. Received "${list}".`
      context.report({ message, location: at.child(['x-for-each']) })
    }
    const repeated = fields.get(value)
    if (!repeated) return
    if (isRequired && !needed.has(value) && !lists.includes(value)) {
      const message = `"${value}" may be left out of the request, so this field cannot be required.`
      context.report({ message, location: at.child(['x-value-of']) })
    }
    const types = repeatedTypes(context, repeated, lists.includes(value))
    if (accepts(typesOf(context, node, at), types)) return
    const message = `"${value}" is ${types.join(' or ')} here, which does not fit the type of this field.`
    context.report({ message, location: at.child(['x-value-of']) })
  }
  const visit = (schema, from, lists, isRequired) => {
    const { node, at } = follow(context, schema, from)
    if (!isObject(node) || seen.has(node)) return
    seen.add(node)
    checkRepeated(node, at, lists, isRequired)
    const inItems = node['x-for-each'] ? [...lists, node['x-for-each']] : lists
    for (const [name, child] of Object.entries(node.properties ?? {}))
      visit(child, at.child(['properties', name]), lists, node.required?.includes(name))
    if (node.items) visit(node.items, at.child(['items']), inItems)
    for (const key of ['allOf', 'oneOf', 'anyOf'])
      for (const [i, part] of (node[key] ?? []).entries()) visit(part, at.child([key, i]), lists)
  }
  for (const [status, answer] of Object.entries(responses)) {
    const { node, at } = follow(context, answer, context.location.child(['responses', status]))
    for (const [type, media] of Object.entries(node?.content ?? {}))
      if (media.schema) visit(media.schema, at.child(['content', type, 'schema']), [])
  }
}

/** A keyword that names a field must name a field that exists. */
export function fieldNames() {
  return {
    Operation(operation, context) {
      const form = formOf(operation, context)
      // Another rule refuses a body of another media type; its fields have no names here.
      if (operation.requestBody && !form) return
      const fields = form?.fields ?? new Map()
      const known = (name, location) => {
        if (fields.has(name) || form?.hidden.has(name)) return
        const list = [...fields.keys()].join(', ') || 'none'
        context.report({ message: `"${name}" is no field of the request. Its fields: ${list}.`, location })
      }
      const { cost } = operation['x-rate-limit'] ?? {}
      if (cost) known(cost, context.location.child(['x-rate-limit', 'cost']))
      checkCost(operation['x-rate-limit'], fields, context)
      checkFlags(fields, context)
      checkContentFields(fields, known, context)
      checkAnswers(operation, { fields, needed: form?.needed ?? new Set() }, known, context)
    },
  }
}

/** A list without its encoding is read differently by every tool: it must say `style: form, explode: true`. */
export function listEncoding() {
  return {
    Operation(operation, context) {
      const form = formOf(operation, context)
      for (const [name, property] of form?.fields ?? []) {
        if (keywordOf(context, property.node, property.at, 'type')?.value !== 'array') continue
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

/** A signature may be made only of the App Secret and of values of security schemes. */
export function signatureParts() {
  return {
    Components({ securitySchemes = {} }, context) {
      for (const [name, scheme] of Object.entries(securitySchemes)) {
        const at = context.location.child(['securitySchemes', name])
        const { node, at: place } = follow(context, scheme, at)
        for (const part of node?.['x-signature']?.of ?? []) {
          if (part === 'appSecret' || Object.hasOwn(securitySchemes, part)) continue
          context.report({
            message: `"${part}" is neither appSecret nor a security scheme. Schemes: ${Object.keys(securitySchemes).join(', ')}.`,
            location: place.child(['x-signature', 'of']),
          })
        }
      }
    },
  }
}

/** The vendor published this vector. If it does not match, the signing rule beside it is wrong, or the vector was miscopied. */
export function signatureVector() {
  return {
    Components({ securitySchemes = {} }, context) {
      for (const [name, scheme] of Object.entries(securitySchemes)) {
        const { node, at } = follow(context, scheme, context.location.child(['securitySchemes', name]))
        const { of = [], vector } = node?.['x-signature'] ?? {}
        if (!vector) continue
        const location = at.child(['x-signature', 'vector'])
        const missing = Object.keys(securitySchemes).find((part) => !Object.hasOwn(vector, part))
        const signed = createHash('sha1').update(of.map((part) => vector[part]).join(''))
        if (missing) context.report({ message: `The vector must have "${missing}".`, location })
        else if (signed.digest('hex') !== vector[name])
          context.report({ message: 'The vector must fit what "of" says is signed.', location })
      }
    },
  }
}

/** Keywords that already say whether an empty text is allowed. */
const TELLING = ['minLength', 'enum', 'const', 'pattern', 'format']

/** A required text must say whether it may be empty. */
export function textLength() {
  return {
    Schema(schema, context) {
      for (const name of schema.required ?? []) {
        const at = context.location.child(['properties', name])
        const { node } = follow(context, schema.properties?.[name], at)
        if (node?.type !== 'string' || TELLING.some((keyword) => keyword in node)) continue
        context.report({
          message: `The text "${name}" is required, so it must have "minLength": 0 if it may be empty.`,
          location: at.key(),
        })
      }
    },
  }
}
