/**
 * The `x-` keywords of `spec/`, where they may stand and what they may hold. What they mean stands in `spec/vocabulary.md`.
 *
 * @module
 */

const text = { type: 'string', minLength: 1 }
const yes = { const: true }
const names = { type: 'array', items: text, minItems: 1, uniqueItems: true }

/** Violations that no schema keyword names: they concern the request as a whole. */
const REQUEST_VIOLATIONS = [
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
export const SCHEMA_VIOLATIONS = [
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

/**
 * Keywords of JSON Schema that the validators check, and that types, vectors and answers follow. Values are
 * checked in this order: "too short" tells more than "does not match the pattern".
 */
export const SCHEMA_KEYWORDS = [
  'required',
  'properties',
  'items',
  'allOf',
  'oneOf',
  'anyOf',
  'minLength',
  'maxLength',
  'x-max-bytes',
  'pattern',
  'x-reserved-prefix',
  'enum',
  'const',
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
  'additionalProperties',
]

/** Keywords of JSON Schema and OpenAPI that say something to people and check nothing. */
export const ANNOTATIONS = [
  'title',
  'description',
  'default',
  'example',
  'examples',
  'deprecated',
  'externalDocs',
  'contentEncoding',
  '$comment',
]

/** Rules that vectors test and that no error answers: other names, other ways to write the same request. */
const VECTOR_RULES = ['aliases', 'case', 'form', 'request', 'unknown', 'order']

/**
 * What `probe` asks beside the vectors: the same headers twice, a clock that is off, nonces of several lengths, a list
 * that repeats one item, and the answer to a call that was accepted.
 */
export const PROBED_RULES = ['replay', 'skew', 'length', 'repeated-item', 'answer']

const RULES = [...SCHEMA_VIOLATIONS, ...REQUEST_VIOLATIONS, ...VECTOR_RULES, ...PROBED_RULES]

/** One sentence: it ends with a full stop, and no other sentence begins within it. */
const sentence = { type: 'string', pattern: '^(?!.*[.!?] +[A-Z])[^\\n]+\\.$' }

/** A rule by its keyword, or a vector by its name, in which a colon stands behind the field. */
const settling = {
  type: 'array',
  minItems: 1,
  uniqueItems: true,
  items: { anyOf: [{ enum: RULES }, { type: 'string', pattern: ': ' }] },
}

/** What nobody could confirm, by an id: one claim a sentence, and what would settle it or why nothing does. */
const assumptions = {
  type: 'object',
  minProperties: 1,
  propertyNames: { pattern: '^[a-z][a-z0-9-]*$' },
  additionalProperties: {
    type: 'object',
    required: ['claim'],
    additionalProperties: false,
    properties: {
      claim: sentence,
      about: { enum: ['rule', 'answer'] },
      evidence: text,
      settledBy: settling,
      unsettled: text,
    },
    oneOf: [{ required: ['settledBy'] }, { required: ['unsettled'] }],
  },
}

/** One row per keyword: the objects it may stand on (`*` is any) and the JSON Schema of its value. */
export const VOCABULARY = {
  'x-max-bytes': { on: ['Schema'], shape: { type: 'integer', minimum: 1 } },
  'x-unit': { on: ['Schema'], shape: text },
  'x-pattern-words': { on: ['Schema', 'SpecExtension'], shape: text },
  'x-reserved-prefix': { on: ['Schema'], shape: text },
  'x-message-types': { on: ['Schema'], shape: { type: 'object' } },
  'x-content-field': { on: ['Schema'], shape: text },
  'x-flag': { on: ['Schema'], shape: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' } },
  'x-for-each': { on: ['Schema'], shape: text },
  'x-value-of': { on: ['Schema'], shape: text },
  'x-called-path': { on: ['Schema'], shape: yes },
  'x-error-part': { on: ['Schema'], shape: { enum: ['code', 'message'] } },
  'x-suspicious': {
    on: ['Schema'],
    shape: {
      type: 'object',
      minProperties: 1,
      propertyNames: { pattern: '^[a-z][a-z0-9-]*$' },
      additionalProperties: {
        type: 'object',
        required: ['pattern', 'text', 'examples', 'counterExamples'],
        additionalProperties: false,
        properties: { pattern: text, text, examples: names, counterExamples: names, 'x-assumption': assumptions },
      },
    },
  },
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
        unit: text,
        docs: text,
        'x-assumption': assumptions,
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
  'x-accepts': { on: ['SecurityScheme'], shape: { type: 'object', required: ['type'] } },
  'x-region': { on: ['Server'], shape: { type: 'string', pattern: '^[a-z][a-z0-9-]*$' } },
  'x-backup': { on: ['Server'], shape: yes },
  'x-raised-by': {
    on: ['Example'],
    shape: {
      type: 'array',
      items: { enum: [...SCHEMA_VIOLATIONS, ...REQUEST_VIOLATIONS] },
      minItems: 1,
      uniqueItems: true,
    },
  },
  'x-retry': { on: ['Example'], shape: { enum: ['never', 'after-wait', 'unknown'] } },
  'x-causes': { on: ['Example'], shape: names },
  'x-diagnosis': { on: ['Example'], shape: names },
  'x-is': { on: ['Operation'], shape: names },
  'x-is-not': { on: ['Operation'], shape: names },
  'x-assumption': { on: ['*'], shape: assumptions },
  // Redocly's own.
  'x-codeSamples': { on: ['Operation'], shape: { type: 'array', minItems: 1 } },
}
