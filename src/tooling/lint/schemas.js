/**
 * Rules of schemas: they use only keywords that validators, types, vectors and the mock all follow. Any other keyword would
 * be ignored by one of them, so it is refused.
 *
 * @module
 */
import { Ajv2020 } from 'ajv/dist/2020.js'
import { ANNOTATIONS, SCHEMA_KEYWORDS } from './keywords.js'
import { fieldsOf, follow, isObject, keywordOf, partsOf, writtenOut } from './nodes.js'
import { textsOf } from './pattern.js'

const KNOWN = new Set([...SCHEMA_KEYWORDS, ...ANNOTATIONS, 'type', '$ref'])

/** What to do instead, by keyword. */
const INSTEAD = {
  format: 'write the form as a "pattern", or in the description',
  contentSchema: 'write "x-message-types"',
  contentMediaType: 'say it in the description',
  nullable: 'write "type: [string, \'null\']"',
  unevaluatedProperties: 'write "additionalProperties"',
  not: 'write what is allowed',
}

/** Field names that the tools that run after the linter would mistake for built-in members of JavaScript objects. */
const TAKEN = new Set([
  '__proto__',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
  'toLocaleString',
  'valueOf',
])

/** Keywords of lengths and counts. */
const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'x-max-bytes']

/** Pairs of bounds: some value must fit both. */
const BOUNDS = [
  ['minLength', 'maxLength'],
  ['minLength', 'x-max-bytes'],
  ['minItems', 'maxItems'],
  ['minProperties', 'maxProperties'],
  ['minimum', 'maximum'],
  ['exclusiveMinimum', 'maximum', 'strict'],
  ['minimum', 'exclusiveMaximum', 'strict'],
  ['exclusiveMinimum', 'exclusiveMaximum', 'strict'],
]

/** The keywords that a schema writes itself. */
function checkKeywords(schema, at, report) {
  for (const [name, field] of Object.entries(schema.properties ?? {}))
    if (typeof field === 'boolean')
      report(`A schema must be an object. Received ${field}.`, at.child(['properties', name]))
  for (const key of Object.keys(schema)) {
    if (KNOWN.has(key) || key.startsWith('x-')) continue
    const instead = INSTEAD[key] ? `; ${INSTEAD[key]}` : ''
    report(`Keyword "${key}" is not supported: nothing would check it${instead}.`, at.child([key]).key())
  }
  for (const keyword of COUNTS) {
    const value = schema[keyword]
    if (value < 0) report(`"${keyword}" must be at least 0. Received ${value}.`, at.child([keyword]))
  }
  if (schema.multipleOf !== undefined && !(schema.multipleOf > 0))
    report(`"multipleOf" must be more than 0. Received ${schema.multipleOf}.`, at.child(['multipleOf']))
  if (Array.isArray(schema.enum) && schema.enum.length === 0) report('"enum" must have a value.', at.child(['enum']))
  if (Array.isArray(schema.items)) report('"items" must be one schema.', at.child(['items']))
}

function checkPattern({ pattern, ...schema }, at, report) {
  if (typeof pattern !== 'string') return
  const location = at.child(['pattern'])
  try {
    new RegExp(pattern, 'u')
  } catch (error) {
    report(`"pattern" must be a regular expression: ${error.message}.`, location)
    return
  }
  const hasText = ['example', 'examples', 'const', 'enum', 'default'].some((keyword) => schema[keyword] !== undefined)
  if (!hasText && textsOf(pattern).length === 0)
    report(`No text can be made for the pattern ${pattern}: put an example beside it.`, location)
}

/** Reports limits that no value can satisfy, and keywords that cannot be merged when schemas are combined. */
function checkTogether(context, schema, at, report) {
  for (const [least, most, strict] of BOUNDS) {
    const from = keywordOf(context, schema, at, least)
    const to = keywordOf(context, schema, at, most)
    if (
      typeof from?.value !== 'number' ||
      typeof to?.value !== 'number' ||
      (strict ? from.value < to.value : from.value <= to.value)
    )
      continue
    report(
      `"${most}" must be ${strict ? 'more than' : 'at least'} "${least}", ${from.value}. Received ${to.value}.`,
      to.at,
    )
  }
  const parts = partsOf(context, schema, at)
  for (const keyword of ['pattern', 'const']) {
    const found = parts.filter(({ node }) => node[keyword] !== undefined)
    const other = found.find(({ node }) => node[keyword] !== found[0].node[keyword])
    if (!other) continue
    const values = `${found[0].node[keyword]} and ${other.node[keyword]}`
    const message = `"${keyword}" stands in two schemas that must both hold. Received ${values}.`
    report(message, other.at.child([keyword]))
  }
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false, allErrors: true })

/** A default must fit its own schema. */
function checkDefault(context, schema, at, report) {
  if (schema.default === undefined) return
  let validate
  try {
    validate = ajv.compile(writtenOut(context, schema, at))
  } catch {
    // Another rule says what is wrong with the schema.
    return
  }
  if (validate(schema.default)) return
  report(`"default" ${ajv.errorsText(validate.errors, { dataVar: '' }).trim()}.`, at.child(['default']))
}

/** True for a schema that its own `allOf` or `$ref` leads back to. */
function isPartOfItself(context, schema, at, above = []) {
  if (!isObject(schema)) return false
  if (above.includes(schema)) return true
  const path = [...above, schema]
  const found = schema.$ref ? follow(context, schema, at) : undefined
  const all = Array.isArray(schema.allOf) ? schema.allOf : []
  return (
    (found !== undefined && isPartOfItself(context, found.node, found.at, path)) ||
    all.some((part, i) => isPartOfItself(context, part, at.child(['allOf', i]), path))
  )
}

/** Checks what the schema itself contains. Schemas behind a `$ref` are checked where they are defined. */
function checkSchema(context, schema, at, report) {
  if (!isObject(schema)) {
    report(`A schema must be an object. Received ${JSON.stringify(schema)}.`, at)
    return
  }
  if (isPartOfItself(context, schema, at)) {
    report('A schema must not be a part of itself.', at.child([schema.$ref ? '$ref' : 'allOf']).key())
    return
  }
  checkKeywords(schema, at, report)
  checkPattern(schema, at, report)
  checkTogether(context, schema, at, report)
  for (const name of Object.keys(schema.properties ?? {}))
    if (TAKEN.has(name)) report(`A field cannot be called "${name}".`, at.child(['properties', name]).key())
}

/** @returns a rule: a default fits its schema */
export function defaults() {
  const check = (schema, context) =>
    checkDefault(context, schema, context.location, (message, location) => context.report({ message, location }))
  return {
    Schema: check,
    ref: (node, context) => (context.type.name === 'Schema' ? check(node, context) : undefined),
  }
}

/** @returns a rule: schemas use what is supported, and leave a value that fits */
export function schemas() {
  return {
    Schema(schema, context) {
      const report = (message, location) => context.report({ message, location })
      checkSchema(context, schema, context.location, report)
    },
    // What stands beside a `$ref` is no node of its own to the linter.
    ref(node, context) {
      if (context.type.name !== 'Schema' || Object.keys(node).length === 1) return
      const report = (message, location) => context.report({ message, location })
      checkSchema(context, node, context.location, report)
    },
  }
}

/** Lists of texts that test a pattern: the list's name, whether its texts must match, and words for the error message. */
const PROOFS = [
  ['examples', true, 'must match'],
  ['counterExamples', false, 'must not match'],
]

/** @returns a rule: each pattern of `x-suspicious` matches its examples, and none of its counter-examples */
export function suspicious() {
  const check = (schema, { location: at, report }) => {
    for (const [name, row] of Object.entries(schema?.['x-suspicious'] ?? {})) {
      const place = at.child(['x-suspicious', name])
      let expression
      try {
        expression = new RegExp(row.pattern, 'u')
      } catch (error) {
        const message = `"pattern" must be a regular expression: ${error.message}.`
        report({ message, location: place.child(['pattern']) })
        continue
      }
      for (const [list, wanted, words] of PROOFS) {
        for (const [i, text] of [row[list] ?? []].flat().entries()) {
          if (expression.test(text) === wanted) continue
          const message = `The pattern of "${name}" ${words} ${JSON.stringify(text)}.`
          report({ message, location: place.child([list, i]) })
        }
      }
    }
  }
  return {
    Schema: check,
    ref: (node, context) => (context.type.name === 'Schema' ? check(node, context) : undefined),
  }
}

/** Answers that hold themselves without end: whoever builds one would never be done. */
export function checkEndless(context, schema, at, report, above = []) {
  const parts = partsOf(context, schema, at)
  const own = parts.map(({ node }) => node)
  const again = own.find((node) => above.includes(node))
  if (again) {
    report('An answer must not hold itself: nobody could build it. Leave the field out of "required".', at)
    return
  }
  const path = [...above, ...own]
  const required = new Set(own.flatMap((node) => (Array.isArray(node.required) ? node.required : [])))
  for (const [name, field] of fieldsOf(context, schema, at))
    if (required.has(name)) checkEndless(context, field.node, field.at, report, path)
  const items = keywordOf(context, schema, at, 'items')
  if (items && keywordOf(context, schema, at, 'minItems')?.value > 0)
    checkEndless(context, items.value, items.at, report, path)
}
