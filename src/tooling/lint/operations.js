/**
 * Rules of operations: what client, mock, command line and docs can do with one. All else is refused, with its place.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import {
  answersOf,
  FORM,
  fieldsOf,
  follow,
  formOf,
  IGNORED_HEADERS,
  isObject,
  isToken,
  keywordOf,
  METHODS,
  onSchemas,
  partsOf,
  typesOf,
} from './nodes.js'
import { textsOf } from './pattern.js'
import { checkEndless } from './schemas.js'

/** Names that the client uses itself, or that JavaScript treats specially: an object with `then` counts as a promise. */
const TAKEN = ['api', 'safe', 'batch', 'then', 'toJSON']

/** Headers that HTTP, the client or the mock needs for itself. */
const OCCUPIED =
  /^(host|connection|keep-alive|content-length|content-encoding|transfer-encoding|te|trailer|upgrade|expect|cookie|origin|user-agent|prefer|sec-.+|proxy-.+|__proto__)$/i

/** Keywords of parameters that only parameters of a URL have. */
const OF_URLS = ['allowReserved', 'allowEmptyValue']

/** A path whose segments have a name each, and no escape, query or fragment. */
const PLAIN_PATH = /^(\/[^/\\?#%\p{Cc}]+)+\/?$/u

function checkName({ operationId: id }, context, report) {
  if (id === undefined || (/^[A-Za-z_$][\w$]*$/.test(id) && !TAKEN.includes(id) && !(id in {}))) return
  const message = `"operationId" must be the name of a method, and none of ${TAKEN.join(', ')} or what every object has. Received ${JSON.stringify(id)}.`
  report(message, context.location.child(['operationId']))
}

function checkRequest(operation, context, report) {
  const { location: at, key } = context
  if (key === 'get' || key === 'head' || key === 'trace')
    report(`An operation sends a form, which "${key}" cannot carry: use a method such as "post".`, at.key())
  if (key === 'options') report('"options" is the method of preflights: use a method such as "post".', at.key())
  for (const member of ['security', 'servers', 'callbacks'])
    if (operation[member] !== undefined)
      report(`"${member}" of its own is not supported: all operations share one.`, at.child([member]).key())
  const body = follow(context, operation.requestBody, at.child(['requestBody']))
  const content = body.node?.content
  if (isObject(content) && Object.keys(content).length === 0)
    report(`The request body must have content of ${FORM}.`, body.at.child(['content']).key())
  for (const type of Object.keys(content ?? {}))
    if (type !== FORM)
      report(`The request body must be ${FORM}. Received ${type}.`, body.at.child(['content', type]).key())
    else if (!content[type]?.schema) report('A form must have a "schema".', body.at.child(['content', type]).key())
}

/** What is wrong with a header parameter itself: words and the place. */
function mistakeOfHeader(context, node, place, signing) {
  const { name } = node
  if (!isToken(name)) return [`A header cannot be called ${JSON.stringify(name)}.`, place.child(['name'])]
  if (IGNORED_HEADERS.test(name))
    return [`OpenAPI ignores a header parameter "${name}": leave it out.`, place.child(['name'])]
  if (OCCUPIED.test(name))
    return [
      `A header parameter "${name}" is not supported: HTTP, the client or the mock needs it.`,
      place.child(['name']),
    ]
  if (signing.has(name.toLowerCase()))
    return [`The header "${name}" signs the call, so it cannot be a parameter.`, place.child(['name'])]
  if (node.content)
    return ['A header parameter must have a "schema"; "content" is not supported.', place.child(['content']).key()]
  const ofUrls = OF_URLS.find((keyword) => node[keyword] !== undefined)
  if (ofUrls) return [`"${ofUrls}" of a header is not supported.`, place.child([ofUrls]).key()]
  if (node.style !== undefined && node.style !== 'simple')
    return [`The "style" of a header must be "simple". Received ${JSON.stringify(node.style)}.`, place.child(['style'])]
  const at = place.child(['schema'])
  const type = keywordOf(context, node.schema, at, 'type')
  if (type?.value !== 'string')
    return [
      `The header parameter "${name}" must be a string. Received ${JSON.stringify(type?.value)}.`,
      type?.at ?? at.key(),
    ]
  return unsendableValue(context, node, place)
}

/** The values that a header parameter names itself, with their places. */
function namedValues(context, { schema, example, examples }, place) {
  const at = place.child(['schema'])
  const lists = ['examples', 'enum'].flatMap((keyword) => {
    const found = keywordOf(context, schema, at, keyword)
    return Array.isArray(found?.value) ? found.value.map((value, i) => ({ value, at: found.at.child([i]) })) : []
  })
  const single = ['const', 'default', 'example'].flatMap((keyword) => keywordOf(context, schema, at, keyword) ?? [])
  const named = Object.entries(examples ?? {}).map(([name, one]) => {
    const found = follow(context, one, place.child(['examples', name]))
    return { value: found.node?.value, at: found.at }
  })
  return [{ value: example, at: place.child(['example']) }, ...named, ...lists, ...single].filter(
    ({ value }) => value !== undefined,
  )
}

/** A header carries printable ASCII; other characters do not arrive as they were sent. */
function unsendableValue(context, node, place) {
  const isSendable = (value) => /^[!-~]([ -~]*[!-~])?$/.test(String(value))
  const values = namedValues(context, node, place)
  const wrong = values.find(({ value }) => value !== '' && !isSendable(value))
  if (wrong) return [`A header must be printable ASCII. Received ${JSON.stringify(wrong.value)}.`, wrong.at]
  const pattern = keywordOf(context, node.schema, place.child(['schema']), 'pattern')
  const [text] = values.length === 0 && pattern ? textsOf(pattern.value) : []
  if (text === undefined || isSendable(text)) return undefined
  return [`No header can be made for the pattern ${pattern.value}: put an example beside it.`, pattern.at]
}

function checkParameters(parameters, context, at, signing, report) {
  const names = new Set()
  for (const [i, parameter] of (parameters ?? []).entries()) {
    const { node, at: place } = follow(context, parameter, at.child(['parameters', i]))
    if (!isObject(node)) continue
    if (node.in !== 'header') {
      report(`Parameters in "${node.in}" are not supported. Received "${node.name}".`, place.child(['in']))
      continue
    }
    const mistake = mistakeOfHeader(context, node, place, signing)
    if (mistake) report(...mistake)
    const name = String(node.name).toLowerCase()
    if (names.has(name)) report(`The header "${node.name}" is described twice.`, place.child(['name']))
    names.add(name)
  }
}

/** A form carries no types, so each field must have exactly one, and one that text can express. */
function checkField(context, name, node, at, report, isItem = false) {
  const types = typesOf(context, node, at)
  const complain = (what) => report(`Field "${name}" ${what}.`, isItem ? at : at.key())
  // Another rule says that a reference leads nowhere.
  if (!isObject(node) || (node.$ref !== undefined && !isObject(follow(context, node, at).node))) return
  const tells = ['type', 'const', 'enum', 'oneOf', 'anyOf', 'allOf'].some((one) => keywordOf(context, node, at, one))
  if (!tells) complain('must have a "type"')
  else if (types.includes('null')) complain('may be null, which a form cannot carry; leave it out of "required"')
  else if (types.includes('object')) complain('is an object, which a form cannot carry; make it a JSON string')
  else if (types.length > 1) complain(`must have one type, for a form says none. Received ${types.join(', ')}`)
  else if (types[0] === 'array' && isItem) complain('is a list of lists, which a form cannot carry')
  else if (types[0] === 'array') {
    const items = keywordOf(context, node, at, 'items')
    if (items) checkField(context, name, items.value, items.at, report, true)
    else complain('is a list, so it must have "items"')
  }
}

function checkForm(operation, form, context, report) {
  const types = typesOf(context, form.schema, form.schemaAt)
  const type = keywordOf(context, form.schema, form.schemaAt, 'type')
  if (type && !types.includes('object')) report(`A form must be an object. Received ${types.join(', ')}.`, type.at)
  let needsBody = false
  for (const part of partsOf(context, form.schema, form.schemaAt)) {
    const required = Array.isArray(part.node.required) ? part.node.required : []
    for (const [i, name] of required.entries())
      if (!form.fields.has(name) && !form.hidden.has(name))
        report(`"${name}" is required, and no field of the request.`, part.at.child(['required', i]))
    if (isObject(part.node.additionalProperties))
      report(
        'Fields that a form does not name carry no type: write "additionalProperties: false", or leave it out.',
        part.at.child(['additionalProperties']).key(),
      )
    if (required.length > 0) needsBody = true
  }
  const body = follow(context, operation.requestBody, context.location.child(['requestBody']))
  if (needsBody && body.node?.required !== true)
    report('The form has required fields, so its body must have "required: true".', body.at.key())
  const [hidden] = form.hidden.values()
  if (hidden) report('The fields of a form must stand beside its alternatives, not in them.', hidden.at.key())
  for (const [name, { node, at }] of form.fields) checkField(context, name, node, at, report)
  for (const [name, encoding] of Object.entries(form.media.encoding ?? {})) {
    const at = form.at.child(['encoding', name])
    if (!form.fields.has(name) && !form.hidden.has(name)) report(`"${name}" is no field of the request.`, at.key())
    if (encoding?.style !== undefined && encoding.style !== 'form')
      report(`The style of a field must be "form". Received ${JSON.stringify(encoding.style)}.`, at.child(['style']))
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

/** The examples of all answers of an operation must differ in their names. */
function checkNames(examples, report) {
  const names = new Set()
  for (const { name, at } of examples) {
    if (names.has(name)) report(`Two answers have an example named "${name}".`, at.key())
    names.add(name)
  }
}

/** An error code must have the same `x-retry` in every example of an operation. */
function checkRetries(examples, field, report) {
  const retries = new Map()
  for (const { node, at } of examples) {
    const { 'x-retry': retry, value } = node
    const code = value?.[field]
    if (retry === undefined || typeof code !== 'number') continue
    const before = retries.get(code) ?? retry
    if (before !== retry)
      report(`Code ${code} has another x-retry in an example before: "${before}".`, at.child(['x-retry']))
    retries.set(code, before)
  }
}

/** Client and mock read an answer as an object. */
function checkIsObject(context, schema, at, report) {
  const types = typesOf(context, schema, at)
  const typeKeywords = ['type', 'const', 'enum', 'oneOf', 'anyOf'].map((one) => keywordOf(context, schema, at, one))
  const found = typeKeywords.find((one) => one !== undefined)
  if (found && types.some((type) => type !== 'object'))
    report(`An answer must be an object. Received ${types.join(', ')}.`, found.at.key())
}

function checkAnswers(operation, context, report, errors) {
  const answers = answersOf(operation, context)
  const examples = []
  const successes = answers.filter(({ status }) => /^2/.test(status))
  if (successes.length !== 1) {
    const received = successes.map(({ status }) => status).join(' and ') || 'none'
    const location = context.location.child(['responses']).key()
    report(`"responses" must have one 2xx answer. Received ${received}.`, location)
  }
  for (const { status, from, node, at } of answers) {
    if (!/^[2-5]\d\d$/.test(status))
      report(`An answer must be named by one HTTP status, 200 to 599. Received "${status}".`, from.key())
    for (const member of ['headers', 'links'])
      if (node?.[member] !== undefined)
        report(
          `"${member}" of an answer are not supported: nothing would send or check them.`,
          at.child([member]).key(),
        )
    if (['204', '205', '304'].includes(status) && node?.content)
      report(`An answer with status ${status} has no body.`, at.child(['content']).key())
    for (const [type, media] of Object.entries(node?.content ?? {})) {
      const place = at.child(['content', type])
      if (type !== 'application/json') report(`An answer must be application/json. Received ${type}.`, place.key())
      if (!isObject(media)) continue
      if (media.schema) checkIsObject(context, media.schema, place.child(['schema']), report)
      examples.push(...checkExamples(media, place, context, report))
      if (!/^2/.test(status) && isObject(media.schema)) errors.addSchema(context, media.schema, place.child(['schema']))
      if (/^2/.test(status) && media.schema)
        checkEndless(context, 'An answer', media.schema, place.child(['schema']), report)
    }
  }
  checkNames(examples, report)
  errors.addExamples(examples)
}

/** The part of an error that a field is, where it says so. */
const partsOfError = (context, { node, at }) => keywordOf(context, node, at, 'x-error-part')?.value

/** All operations share the names of the fields of an error answer: the first that say so, or the first integer. */
function createErrorCheck() {
  const answers = []
  const examplesByOperation = []
  const nameOf = (context, fields, part) => fields.find(([, field]) => partsOfError(context, field) === part)?.[0]
  const isInteger = (context, { node, at }) => typesOf(context, node, at).join() === 'integer'
  const addSchema = (context, schema, at) => answers.push({ fields: [...fieldsOf(context, schema, at)], at })
  const addExamples = (examples) => examplesByOperation.push(examples)
  const check = (context, report) => {
    const all = answers.flatMap(({ fields }) => fields)
    const known = new Map(['code', 'message'].map((part) => [part, nameOf(context, all, part)]))
    const code = known.get('code') ?? all.find(([, field]) => isInteger(context, field))?.[0]
    for (const { fields, at } of answers) {
      for (const [name, field] of fields) {
        const part = partsOfError(context, field)
        if (part !== undefined && name !== known.get(part))
          report(`The ${part} of an error is "${known.get(part)}" in another field already.`, field.at.key())
        if (part === 'code' && !isInteger(context, field))
          report('The code of an error must be an integer.', field.at.key())
      }
      if (code !== undefined && !fields.some(([name]) => name === code))
        report(`An error answer must have the field "${code}", which is the code of all errors.`, at.key())
    }
    for (const examples of examplesByOperation) checkRetries(examples, code, report)
  }
  return { addSchema, addExamples, check }
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
      const table = follow(context, found.value, found.at)
      for (const [type, row] of Object.entries(isObject(table.node) ? table.node : {})) {
        const place = table.at.child([type])
        if (type === '') report('A message type must have a name.', place.key())
        if (!typesOf(context, row?.schema, place.child(['schema'])).includes('object'))
          report(`The content of "${type}" must be an object.`, place.child(['schema']).key())
        checkEndless(context, 'A message', row?.schema, place.child(['schema']), report)
        if (types.has(type) && !isDeepStrictEqual(types.get(type), row))
          report(`The message type "${type}" is described twice, and differently.`, place.key())
        types.set(type, row)
      }
    }
  }
}

/** A path must be the same for everybody who writes, sends or receives it. */
function checkPath(path, at, report) {
  if (path.includes('{')) report('Parameters in the path are not supported.', at)
  else if (!PLAIN_PATH.test(path) || path.split('/').some((part) => part === '.' || part === '..'))
    report(
      `A path must be segments with a name each, without escape, query or fragment, such as /user/mute.json. Received ${JSON.stringify(path)}.`,
      at,
    )
}

/** Types are named after operations, with a capital letter: two names must differ in more than that. */
function createTwinCheck() {
  const names = new Map()
  return ({ operationId: id }, context, report) => {
    if (typeof id !== 'string') return
    const name = id.charAt(0).toUpperCase() + id.slice(1)
    const other = names.get(name) ?? id
    if (other !== id)
      report(
        `"operationId" must differ from "${other}" in more than its first letter.`,
        context.location.child(['operationId']),
      )
    names.set(name, id)
  }
}

/** @returns a rule: each operation must be one that the client, mock and command line support */
export function operations() {
  const checkMessageTypes = createMessageTypeCheck()
  const checkTwins = createTwinCheck()
  const errors = createErrorCheck()
  const signing = new Set()
  return {
    Root: {
      leave(_root, context) {
        errors.check(context, (message, location) => context.report({ message, location }))
      },
      enter(root, context) {
        for (const [name, scheme] of Object.entries(root.components?.securitySchemes ?? {})) {
          const { node } = follow(context, scheme, context.location.child(['components', 'securitySchemes', name]))
          for (const header of [node?.name, node?.['x-aliases']].flat()) signing.add(String(header).toLowerCase())
        }
      },
    },
    PathItem(item, context) {
      const report = (message, location) => context.report({ message, location })
      const { source, pointer } = context.rawLocation
      // Redocly reads an escape in the path as one of its own.
      const at = { source, pointer: pointer.replaceAll('%', '%25'), reportOnKey: true }
      checkPath(String(context.key), at, report)
      if (!METHODS.some((method) => method in item)) report('A path must have an operation.', at)
      if (item.servers) report('"servers" of its own is not supported.', context.location.child(['servers']).key())
      checkParameters(item.parameters, context, context.location, signing, report)
    },
    Operation(operation, context) {
      const report = (message, location) => context.report({ message, location })
      checkName(operation, context, report)
      checkRequest(operation, context, report)
      checkParameters(operation.parameters, context, context.location, signing, report)
      checkTwins(operation, context, report)
      checkAnswers(operation, context, report, errors)
      const form = formOf(operation, context)
      if (!form) return
      checkForm(operation, form, context, report)
      checkExamples({ examples: form.media.examples }, form.at, context, report)
      checkMessageTypes(form, context, report)
    },
  }
}

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
