/**
 * Rules of schemas: they use only keywords that validators, types, vectors and the mock all follow. Any other keyword would
 * be ignored by one of them, so it is refused.
 *
 * @module
 */
import { isDeepStrictEqual } from 'node:util'
import { Ajv2020 } from 'ajv/dist/2020.js'
import { ANNOTATIONS, SCHEMA_KEYWORDS } from './keywords.js'
import { fieldsOf, follow, isObject, keywordOf, onSchemas, partsOf, writtenOut } from './nodes.js'
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

/** Field names that the tools that run after the linter would mistake for what every JavaScript object has. */
const TAKEN = new Set(Object.getOwnPropertyNames(Object.prototype))
// They can tell these two from it.
TAKEN.delete('constructor')
TAKEN.delete('toString')

/** Keywords of lengths and counts. */
const COUNTS = ['minLength', 'maxLength', 'minItems', 'maxItems', 'minProperties', 'maxProperties', 'x-max-bytes']

/** The most that a value must have for an example of it to be made. */
const LARGEST_LEASTS = { minLength: 5_000_000, minItems: 100_000, minProperties: 100_000 }

/** Keywords of numbers: YAML has `.inf` and `.nan`, JSON has not. */
const NUMBERS = [...COUNTS, 'minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'multipleOf']

/** The types that a keyword checks; of other types it says nothing. */
const ABOUT = {
  minLength: ['string'],
  maxLength: ['string'],
  pattern: ['string'],
  minimum: ['number', 'integer'],
  maximum: ['number', 'integer'],
  exclusiveMinimum: ['number', 'integer'],
  exclusiveMaximum: ['number', 'integer'],
  multipleOf: ['number', 'integer'],
  items: ['array'],
  minItems: ['array'],
  maxItems: ['array'],
  uniqueItems: ['array'],
  properties: ['object'],
  required: ['object'],
  additionalProperties: ['object'],
  minProperties: ['object'],
  maxProperties: ['object'],
}

/** Lists that must hold something, and nothing twice. */
const LISTS = ['type', 'enum', 'required', 'allOf', 'oneOf', 'anyOf']

/** Keywords of which only one can hold: two of them in one schema would need both to be checked. */
const SINGLE = ['type', 'pattern', 'const', 'multipleOf', 'oneOf', 'anyOf']

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
    const most = LARGEST_LEASTS[keyword]
    if (value > most && Number.isFinite(value))
      report(`"${keyword}" must be at most ${most}, for examples to be made. Received ${value}.`, at.child([keyword]))
  }
  if (schema.multipleOf !== undefined && !(schema.multipleOf > 0))
    report(`"multipleOf" must be more than 0. Received ${schema.multipleOf}.`, at.child(['multipleOf']))
  for (const keyword of NUMBERS)
    if (typeof schema[keyword] === 'number' && !Number.isFinite(schema[keyword]))
      report(`"${keyword}" must be a number. Received ${schema[keyword]}.`, at.child([keyword]))
  if (Array.isArray(schema.type) && schema.type.length === 1)
    report(`A list of one type is not supported: write "type: ${schema.type[0]}".`, at.child(['type']))
  for (const keyword of LISTS) {
    const list = Array.isArray(schema[keyword]) ? schema[keyword] : undefined
    if (list?.length === 0 && keyword !== 'required') report(`"${keyword}" must have a value.`, at.child([keyword]))
    const again = list?.findIndex((one, i) => list.findIndex((other) => isDeepStrictEqual(one, other)) < i) ?? -1
    if (again >= 0) report(`"${keyword}" has ${JSON.stringify(list[again])} twice.`, at.child([keyword, again]))
  }
  if (Array.isArray(schema.items)) report('"items" must be one schema.', at.child(['items']))
  else if (typeof schema.items === 'boolean')
    report(`A schema must be an object. Received ${schema.items}.`, at.child(['items']))
}

/** JavaScript holds whole numbers up to 2^53 - 1 exactly; a larger one would arrive as another. */
function checkIntegers(context, schema, at, report) {
  if (![keywordOf(context, schema, at, 'type')?.value].flat().includes('integer')) return
  const single = ['minimum', 'maximum', 'exclusiveMinimum', 'exclusiveMaximum', 'const', 'default', 'example']
  const listed = ['enum', 'examples'].flatMap((keyword) =>
    Array.isArray(schema[keyword]) ? schema[keyword].map((value, i) => [value, [keyword, i]]) : [],
  )
  for (const [value, path] of [...single.map((keyword) => [schema[keyword], [keyword]]), ...listed])
    if (Number.isInteger(value) && !Number.isSafeInteger(value))
      report(`An integer must be at most 2^53 - 1 from zero. Received ${value}.`, at.child(path))
}

/** A keyword that says nothing of the schema's type would check nothing. */
function checkKeywordTypes(context, schema, at, report) {
  const type = keywordOf(context, schema, at, 'type')
  if (!type) return
  const types = [type.value].flat()
  for (const [keyword, about] of Object.entries(ABOUT)) {
    const found = keywordOf(context, schema, at, keyword)
    if (found && !about.some((one) => types.includes(one)))
      report(`"${keyword}" says nothing of type ${types.join(' or ')}.`, found.at.key())
  }
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
  for (const keyword of SINGLE) {
    const found = parts.filter(({ node }) => node[keyword] !== undefined)
    const other = found.find(({ node }) => !isDeepStrictEqual(node[keyword], found[0].node[keyword]))
    if (!other) continue
    const values = [found[0], other].map(({ node }) => {
      return typeof node[keyword] === 'string' ? node[keyword] : JSON.stringify(node[keyword])
    })
    const message = `"${keyword}" stands in two schemas that must both hold. Received ${values.join(' and ')}.`
    report(message, other.at.child([keyword]))
  }
}

const ajv = new Ajv2020({ strict: false, validateFormats: false, logger: false, allErrors: true })

/** The values that a schema names and that no rule of the linter's own checks, with their paths below the schema. */
function namedValues({ $ref, ...schema }) {
  const single = ($ref === undefined ? ['default'] : ['default', 'const', 'example']).map((keyword) => [keyword])
  const listed = ($ref === undefined ? [] : ['enum', 'examples']).flatMap((keyword) =>
    Array.isArray(schema[keyword]) ? schema[keyword].map((_, i) => [keyword, i]) : [],
  )
  return [...single, ...listed]
    .map((path) => ({ path, value: path.reduce((from, key) => from[key], schema) }))
    .filter(({ value }) => value !== undefined)
}

/** A default must fit its own schema, and so must all values beside a `$ref`. */
function checkValues(context, schema, at, report) {
  const values = isObject(schema) ? namedValues(schema) : []
  if (values.length === 0) return
  let validate
  try {
    validate = ajv.compile(writtenOut(context, schema, at))
  } catch {
    // Another rule says what is wrong with the schema.
    return
  }
  for (const { path, value } of values)
    if (!validate(value))
      report(`"${path[0]}" ${ajv.errorsText(validate.errors, { dataVar: '' }).trim()}.`, at.child(path))
}

/** The keyword by which a schema is a part or an alternative of itself. */
function keywordToItself(context, schema, at, above = []) {
  const path = [...above, schema]
  const leadsBack = (node, place) =>
    isObject(node) && (path.includes(node) || keywordToItself(context, node, place, path) !== undefined)
  if (schema.$ref) {
    const found = follow(context, schema, at)
    if (leadsBack(found.node, found.at)) return '$ref'
  }
  return ['allOf', 'oneOf', 'anyOf'].find(
    (keyword) =>
      Array.isArray(schema[keyword]) && schema[keyword].some((one, i) => leadsBack(one, at.child([keyword, i]))),
  )
}

/** Checks what the schema itself contains. Schemas behind a `$ref` are checked where they are defined. */
function checkSchema(context, schema, at, report) {
  if (!isObject(schema)) {
    report(`A schema must be an object. Received ${JSON.stringify(schema)}.`, at)
    return
  }
  const toItself = keywordToItself(context, schema, at)
  if (toItself) {
    report('A schema must not be a part of itself.', at.child([toItself]).key())
    return
  }
  checkKeywords(schema, at, report)
  checkPattern(schema, at, report)
  checkKeywordTypes(context, schema, at, report)
  checkIntegers(context, schema, at, report)
  checkTogether(context, schema, at, report)
  for (const name of Object.keys(schema.properties ?? {}))
    if (TAKEN.has(name) || name === '')
      report(`A field cannot be called "${name}".`, at.child(['properties', name]).key())
}

/** @returns a rule: a default fits its schema, and so do all values beside a `$ref` */
export const defaults = () =>
  onSchemas((schema, context) =>
    checkValues(context, schema, context.location, (message, location) => context.report({ message, location })),
  )

/** @returns a rule: schemas use what is supported, and leave a value that fits */
export const schemas = () =>
  onSchemas((schema, context) =>
    checkSchema(context, schema, context.location, (message, location) => context.report({ message, location })),
  )

/** Lists of texts that test a pattern: the list's name, whether its texts must match, and words for the error message. */
const PROOFS = [
  ['examples', true, 'must match'],
  ['counterExamples', false, 'must not match'],
]

/** @returns a rule: each pattern of `x-suspicious` matches its examples, and none of its counter-examples */
export const suspicious = () =>
  onSchemas((schema, { location: at, report }) => {
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
  })

/**
 * Reports a value that contains itself without end, so that it can never be written down.
 *
 * @param what "An answer", "A message"
 */
export function checkEndless(context, what, schema, at, report, above = []) {
  const parts = partsOf(context, schema, at)
  const own = parts.map(({ node }) => node)
  if (own.some((node) => above.includes(node))) {
    report(`${what} must not contain itself without end: leave the field out of "required".`, at)
    return
  }
  const path = [...above, ...own]
  const visit = (node, place) => checkEndless(context, what, node, place, report, path)
  const required = new Set(own.flatMap((node) => (Array.isArray(node.required) ? node.required : [])))
  for (const [name, field] of fieldsOf(context, schema, at)) if (required.has(name)) visit(field.node, field.at)
  const items = keywordOf(context, schema, at, 'items')
  const isFilled = keywordOf(context, schema, at, 'minItems')?.value > 0 || keywordOf(context, schema, at, 'x-for-each')
  if (items && isFilled) visit(items.value, items.at)
  // Whoever makes a value takes the first alternative.
  const choice = keywordOf(context, schema, at, 'oneOf') ?? keywordOf(context, schema, at, 'anyOf')
  if (Array.isArray(choice?.value) && choice.value.length > 0) visit(choice.value[0], choice.at.child([0]))
}
