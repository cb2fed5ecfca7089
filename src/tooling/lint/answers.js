/**
 * Rules of answers: what the mock can send, the client can read and the docs can show.
 *
 * @module
 */
import { answersOf, fieldsOf, follow, isObject, keywordOf, typesOf } from './nodes.js'
import { checkEndless } from './schemas.js'

/** Examples have names, which are the mock's scenarios, and values. */
export function checkExamples(media, at, context, report) {
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

export function checkAnswers(operation, context, report, errors) {
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
export function createErrorCheck() {
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
