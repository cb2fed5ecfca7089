/**
 * Rules of operations: what client, mock, command line and docs can do with one. All else is refused, with its place.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import { answersOf, FORM, follow, formOf, isObject, keywordOf, partsOf, typesOf } from './nodes.js'
import { checkEndless } from './schemas.js'

/** Names that the client uses itself, or that JavaScript treats specially: an object with `then` counts as a promise. */
const TAKEN = ['api', 'safe', 'batch', 'then', 'toJSON']

/** Header parameters that OpenAPI leaves to other parts of the description. */
const IGNORED = /^(accept|content-type|authorization)$/i

function checkName({ operationId: id }, context, report) {
  if (id === undefined || (/^[A-Za-z_$][\w$]*$/.test(id) && !TAKEN.includes(id) && !(id in {}))) return
  const message = `"operationId" must be the name of a method, and none of ${TAKEN.join(', ')} or what every object has. Received ${JSON.stringify(id)}.`
  report(message, context.location.child(['operationId']))
}

function checkRequest(operation, context, report) {
  const { location: at, key } = context
  if (key === 'get' || key === 'head' || key === 'trace')
    report(`An operation sends a form, so its method must be another one than ${key}, such as post.`, at.key())
  for (const member of ['security', 'servers', 'callbacks'])
    if (operation[member] !== undefined)
      report(`"${member}" of its own is not supported: all operations share one.`, at.child([member]).key())
  const body = follow(context, operation.requestBody, at.child(['requestBody']))
  const content = body.node?.content
  for (const type of Object.keys(content ?? {}))
    if (type !== FORM)
      report(`The request body must be ${FORM}. Received ${type}.`, body.at.child(['content', type]).key())
    else if (!content[type]?.schema) report('A form must have a "schema".', body.at.child(['content', type]).key())
}

function checkParameters(parameters, context, at, report) {
  for (const [i, parameter] of (parameters ?? []).entries()) {
    const { node, at: place } = follow(context, parameter, at.child(['parameters', i]))
    if (!isObject(node)) continue
    if (node.in !== 'header') {
      report(`Parameters in "${node.in}" are not supported. Received "${node.name}".`, place.child(['in']))
      continue
    }
    if (IGNORED.test(node.name)) {
      report(`OpenAPI ignores a header parameter "${node.name}": leave it out.`, place.child(['name']))
      continue
    }
    if (node.content) {
      report('A header parameter must have a "schema"; "content" is not supported.', place.child(['content']).key())
      continue
    }
    const type = keywordOf(context, node.schema, place.child(['schema']), 'type')
    if (type?.value !== 'string') {
      const location = type?.at ?? place.child(['schema']).key()
      report(`The header parameter "${node.name}" must be a string. Received ${JSON.stringify(type?.value)}.`, location)
    }
  }
}

/** A form carries no types, so each field must have exactly one, and one that text can express. */
function checkField(context, name, node, at, report, isItem = false) {
  const types = typesOf(context, node, at)
  const complain = (what) => report(`Field "${name}" ${what}.`, isItem ? at : at.key())
  if (types.includes('null')) complain('may be null, which a form cannot carry; leave it out of "required"')
  else if (types.includes('object')) complain('is an object, which a form cannot carry; make it a JSON string')
  else if (types.length > 1) complain(`must have one type, for a form says none. Received ${types.join(', ')}`)
  else if (types[0] === 'array' && isItem) complain('is a list of lists, which a form cannot carry')
  else if (types[0] === 'array') {
    const items = keywordOf(context, node, at, 'items')
    if (items) checkField(context, name, items.value, items.at, report, true)
    else complain('is a list, so it must have "items"')
  }
}

function checkForm(form, context, report) {
  const types = typesOf(context, form.schema, form.schemaAt)
  const type = keywordOf(context, form.schema, form.schemaAt, 'type')
  if (type && !types.includes('object')) report(`A form must be an object. Received ${types.join(', ')}.`, type.at)
  for (const part of partsOf(context, form.schema, form.schemaAt)) {
    const required = Array.isArray(part.node.required) ? part.node.required : []
    for (const [i, name] of required.entries())
      if (!form.fields.has(name) && !form.hidden.has(name))
        report(`"${name}" is required, and no field of the request.`, part.at.child(['required', i]))
  }
  const [hidden] = form.hidden.values()
  if (hidden) report('The fields of a form must stand beside its alternatives, not in them.', hidden.at.key())
  for (const [name, { node, at }] of form.fields) checkField(context, name, node, at, report)
  for (const [name, encoding] of Object.entries(form.media.encoding ?? {})) {
    const at = form.at.child(['encoding', name])
    if (!form.fields.has(name) && !form.hidden.has(name)) report(`"${name}" is no field of the request.`, at.key())
    for (const member of Object.keys(encoding ?? {}))
      if (member !== 'style' && member !== 'explode' && !member.startsWith('x-'))
        report(`"${member}" of an encoding is not supported.`, at.child([member]).key())
  }
}

/** Examples have names, which are the mock's scenarios, and values. */
function checkExamples(media, at, context, report) {
  if (media.example !== undefined) report('An example must have a name: write "examples".', at.child(['example']).key())
  return Object.entries(media.examples ?? {}).flatMap(([name, example]) => {
    const found = follow(context, example, at.child(['examples', name]))
    if (!isObject(found.node)) return []
    if (found.node.value === undefined) report(`The example "${name}" must have a "value".`, found.at)
    return [{ name, ...found }]
  })
}

/** Checks that example names are unique, and that an error code has the same `x-retry` in every example. */
function createExampleCheck(report) {
  const names = new Set()
  const retries = new Map()
  return ({ name, node, at }) => {
    if (names.has(name)) report(`Two answers have an example named "${name}".`, at.key())
    names.add(name)
    const { 'x-retry': retry, value } = node
    const code = value?.code
    if (retry === undefined || typeof code !== 'number') return
    const before = retries.get(code) ?? retry
    if (before !== retry)
      report(`Code ${code} has another x-retry in an example before: "${before}".`, at.child(['x-retry']))
    retries.set(code, before)
  }
}

function checkAnswers(operation, context, report) {
  const answers = answersOf(operation, context)
  const checkExample = createExampleCheck(report)
  const successes = answers.filter(({ status }) => /^2/.test(status))
  if (successes.length !== 1) {
    const received = successes.map(({ status }) => status).join(' and ') || 'none'
    const location = context.location.child(['responses']).key()
    report(`"responses" must have one 2xx answer. Received ${received}.`, location)
  }
  for (const { status, from, node, at } of answers) {
    if (!/^[1-5]\d\d$/.test(status))
      report(`Answers must be named by one HTTP status each. Received "${status}".`, from.key())
    for (const [type, media] of Object.entries(node?.content ?? {})) {
      const place = at.child(['content', type])
      if (type !== 'application/json') report(`An answer must be application/json. Received ${type}.`, place.key())
      if (!isObject(media)) continue
      for (const example of checkExamples(media, place, context, report)) checkExample(example)
      if (/^2/.test(status) && media.schema) checkEndless(context, media.schema, place.child(['schema']), report)
    }
  }
}

/** All operations share one list of message types: the client's TypeScript types do not tell operations apart. */
function createMessageTypeCheck() {
  const types = new Map()
  let carriers
  return (form, context, report) => {
    for (const [name, { node, at }] of form.fields) {
      const found = keywordOf(context, node, at, 'x-message-types')
      if (!isObject(found?.value)) continue
      const here = [
        name,
        keywordOf(context, node, at, 'x-content-field')?.value,
        keywordOf(context, node, at, 'x-reserved-prefix')?.value,
      ]
      carriers ??= here
      if (!isDeepStrictEqual(carriers, here)) {
        const wanted = carriers.map((one) => JSON.stringify(one)).join(', ')
        const message = `Message types must have the same fields and prefix in every operation: ${wanted}.`
        report(message, at.key())
      }
      for (const [type, row] of Object.entries(found.value)) {
        if (types.has(type) && !isDeepStrictEqual(types.get(type), row))
          report(`The message type "${type}" is described twice, and differently.`, found.at.child([type]).key())
        types.set(type, row)
      }
    }
  }
}

/** @returns a rule: each operation must be one that the client, mock and command line support */
export function operations() {
  const checkMessageTypes = createMessageTypeCheck()
  return {
    PathItem(item, context) {
      const report = (message, location) => context.report({ message, location })
      if (String(context.key).includes('{'))
        report('Parameters in the path are not supported.', context.rawLocation.key())
      if (item.servers) report('"servers" of its own is not supported.', context.location.child(['servers']).key())
      checkParameters(item.parameters, context, context.location, report)
    },
    Operation(operation, context) {
      const report = (message, location) => context.report({ message, location })
      checkName(operation, context, report)
      checkRequest(operation, context, report)
      checkParameters(operation.parameters, context, context.location, report)
      checkAnswers(operation, context, report)
      const form = formOf(operation, context)
      if (!form) return
      checkForm(form, context, report)
      checkExamples({ examples: form.media.examples }, form.at, context, report)
      checkMessageTypes(form, context, report)
    },
  }
}

const ROLES = ['appKey', 'nonce', 'timestamp']

/** @returns a rule: the client must support how calls are signed and which hosts they go to */
export function security() {
  return {
    Root(root, context) {
      const report = (message, location) => context.report({ message, location })
      const at = context.location
      if (root.webhooks) report('"webhooks" are not supported.', at.child(['webhooks']).key())
      if (root.jsonSchemaDialect) report('"jsonSchemaDialect" is not supported.', at.child(['jsonSchemaDialect']).key())
      for (const [i, server] of (root.servers ?? []).entries())
        if (/[{}]/.test(server?.url))
          report('Variables in the URL of a server are not supported.', at.child(['servers', i, 'url']))
      const schemes = Object.keys(root.components?.securitySchemes ?? {})
      if (schemes.length === 0)
        report(
          '"components" must have "securitySchemes": the headers that sign a call.',
          at.child(['components']).key(),
        )
      const [first, ...others] = root.security ?? []
      const missing = schemes.find((name) => !isObject(first) || !(name in first))
      if (others.length > 0)
        report('Every call is signed in one way: "security" must have one entry.', at.child(['security', 1]))
      else if (missing !== undefined)
        report(`"security" must name every scheme. It lacks "${missing}".`, at.child(['security']).key())
    },
    Components({ securitySchemes = {} }, context) {
      const report = (message, location) => context.report({ message, location })
      const schemes = Object.entries(securitySchemes).map(([name, scheme]) => {
        const from = context.location.child(['securitySchemes', name])
        return { name, from, ...follow(context, scheme, from) }
      })
      const signatures = schemes.filter(({ node }) => node?.['x-signature'])
      if (schemes.length > 0 && signatures.length !== 1) {
        const location =
          signatures[1]?.at.child(['x-signature']).key() ?? context.location.child(['securitySchemes']).key()
        report('One security scheme must have "x-signature".', location)
      }
      for (const { name, from, node, at } of schemes) {
        if (!isObject(node)) continue
        if (signatures.length === 1 && !node['x-signature'] && !ROLES.includes(name))
          report(`The scheme "${name}" must be one of ${ROLES.join(', ')}, or have "x-signature".`, from.key())
        if (node.type !== 'apiKey' || node.in !== 'header')
          report(
            `The scheme "${name}" must be an apiKey in a header.`,
            at.child([node.type === 'apiKey' ? 'in' : 'type']),
          )
      }
    },
  }
}

/** Keywords that are read only in requests, and those that are read only in answers. Elsewhere they would be ignored. */
const IN_REQUESTS = ['x-flag', 'x-unit', 'x-reserved-prefix', 'x-message-types', 'x-content-field', 'x-suspicious']
const IN_ANSWERS = ['x-for-each', 'x-value-of', 'x-called-path']

/** The type that a keyword is about. */
const OF_TYPE = {
  'x-max-bytes': 'string',
  'x-unit': 'array',
  'x-pattern-words': 'string',
  'x-reserved-prefix': 'string',
  'x-message-types': 'string',
  'x-for-each': 'array',
  'x-called-path': 'string',
  'x-suspicious': ['string', 'array'],
}

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

/** @returns a rule: our keywords stand where the generator reads them */
export function placement() {
  return {
    Schema(schema, context) {
      if ('x-pattern-words' in schema && !('pattern' in schema))
        context.report({
          message: '"x-pattern-words" must stand beside "pattern".',
          location: context.location.child(['x-pattern-words']).key(),
        })
      for (const [keyword, wanted] of Object.entries(OF_TYPE)) {
        if (!(keyword in schema)) continue
        const types = typesOf(context, schema, context.location)
        if ([wanted].flat().some((type) => types.includes(type))) continue
        const message = `"${keyword}" is about ${wanted === 'array' ? 'a list' : 'a string'}. Received it on ${types.join(', ')}.`
        context.report({ message, location: context.location.child([keyword]).key() })
      }
    },
    Operation(operation, context) {
      const refuse = (keywords, where) => (schema, at) => {
        for (const keyword of keywords)
          if (keyword in schema)
            context.report({ message: `Nothing reads "${keyword}" in ${where}.`, location: at.child([keyword]).key() })
      }
      const form = formOf(operation, context)
      if (form) schemasBelow(context, form.schema, form.schemaAt, refuse(IN_ANSWERS, 'a request'))
      const top = new Set([...(form?.fields.values() ?? [])].map(({ node }) => node))
      // These keywords are read only on the request's own fields, not on schemas inside a field.
      for (const { node, at } of form?.fields.values() ?? []) {
        const items = keywordOf(context, node, at, 'items')
        if (items)
          schemasBelow(context, items.value, items.at, (schema, place) => {
            if (!top.has(schema))
              refuse(['x-flag', 'x-unit', 'x-message-types', 'x-content-field'], 'an item of a list')(schema, place)
          })
      }
      for (const { status, node, at } of answersOf(operation, context)) {
        for (const [type, media] of Object.entries(node?.content ?? {})) {
          const place = at.child(['content', type])
          schemasBelow(context, media?.schema, place.child(['schema']), refuse(IN_REQUESTS, 'an answer'))
          if (!/^2/.test(status)) continue
          for (const [name, example] of Object.entries(media?.examples ?? {})) {
            const found = follow(context, example, place.child(['examples', name]))
            for (const keyword of ['x-raised-by', 'x-retry'])
              if (isObject(found.node) && keyword in found.node)
                context.report({
                  message: `Nothing reads "${keyword}" in an answer that means success.`,
                  location: found.at.child([keyword]).key(),
                })
          }
        }
      }
    },
    Server(server, { location, report }) {
      if (server['x-backup'] !== undefined && server['x-region'] === undefined)
        report({ message: '"x-backup" must have "x-region" beside it.', location: location.child(['x-backup']).key() })
    },
  }
}
