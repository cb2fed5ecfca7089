/** Values of the contract's schemas, made from the spec alone: a new endpoint is fuzzed as soon as it is generated. */
import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { operationsOf, type Schema, type Spec, schemaOf } from '../../src/tooling/generate/openapi.js'
import { messageTypesOf } from '../../src/tooling/generate/tables/message-types.js'

/** JSON that nobody has checked. */
type Json = { readonly [key: string]: Json } & { readonly [key: string]: unknown }

const read = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`../../generated/${name}`, import.meta.url), 'utf8')) as T

export const spec: Spec = read('openapi.json')
export const vectors: Json = read('vectors.json')
export const operations: ReturnType<typeof operationsOf> = operationsOf(spec)

export type Body = Readonly<Record<string, unknown>>

/** The keywords that bound a value; those that may stand in any schema. */
interface Limits extends Schema {
  readonly minLength?: number
  readonly maxLength?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly uniqueItems?: boolean
  readonly additionalProperties?: Schema | boolean
}

/** Signs that mean something to forms, to JSON, to code, or to nobody. */
const AWKWARD = [
  ...'&=+%;,?#:/\\"\'\r\n\0\t .{}[]<>',
  '%41',
  '%zz',
  '\u2028',
  'é',
  '中',
  '😀',
  '\ufeff',
  '\ud83d\ude00',
]

/** Any well-formed text. */
export const text: fc.Arbitrary<string> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.array(fc.constantFrom(...AWKWARD), { maxLength: 8 }).map((parts) => parts.join('')),
  fc.string({ maxLength: 12 }),
)

const finite = fc.double({ noNaN: true, noDefaultInfinity: true })

/** A value that the type of a schema allows; of its other limits those that its type can say: values, and lengths of lists. */
export function typed(given: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
  const schema = schemaOf(spec, given) as Limits
  const values = schema.const === undefined ? schema.enum : [schema.const]
  if (values) return fc.constantFrom(...values)
  const alternatives = schema.oneOf ?? schema.anyOf
  if (alternatives) return fc.oneof(...alternatives.map((one) => typed(one, depth)))
  const { minItems = 0, maxItems = minItems + 4 } = schema
  switch ([schema.type ?? 'object'].flat()[0]) {
    case 'string':
      return text
    case 'integer':
      return fc.oneof(fc.integer({ min: -9, max: 9 }), fc.maxSafeInteger())
    case 'number':
      return fc.oneof(fc.integer({ min: -9, max: 9 }), finite)
    case 'boolean':
      return fc.boolean()
    case 'array':
      return fc.array(typed(schema.items, depth + 1), { minLength: minItems, maxLength: Math.min(maxItems, 20) })
    case 'null':
      return fc.constant(null)
    default:
      return objectOf(schema, (one) => typed(one, depth + 1), depth)
  }
}

function objectOf(schema: Limits, value: (one: Schema) => fc.Arbitrary<unknown>, depth: number): fc.Arbitrary<Body> {
  const { properties = {}, required = [], additionalProperties: others } = schema
  const names = Object.keys(properties).filter((name) => depth < 4 || required.includes(name))
  const own = fc.tuple(
    ...names.map((name) =>
      fc.tuple(
        fc.constant(name),
        required.includes(name) ? fc.constant(true) : fc.boolean(),
        value(properties[name] as Schema),
      ),
    ),
  )
  const more = typeof others === 'object' ? fc.dictionary(fc.string(), value(others), { maxKeys: 3 }) : fc.constant({})
  // Without a prototype: a field may be called `__proto__`.
  return fc.tuple(own, more).map(([rows, extra]) => {
    const object = Object.assign(Object.create(null), extra) as Record<string, unknown>
    for (const [name, isThere, one] of rows) if (isThere) object[name] = one
    return object
  })
}

const bytes = (value: string) => Buffer.byteLength(value)
const characters = (value: string) => [...value].length

function goodText(schema: Limits): fc.Arbitrary<string> {
  const { minLength = 0, maxLength = Number.POSITIVE_INFINITY, pattern } = schema
  const most = Number(schema['x-max-bytes'] ?? Number.POSITIVE_INFINITY)
  const reserved = schema['x-reserved-prefix'] as string | undefined
  const fits = (value: string) =>
    characters(value) >= minLength &&
    characters(value) <= maxLength &&
    bytes(value) <= most &&
    (pattern === undefined || new RegExp(pattern, 'u').test(value)) &&
    !(reserved !== undefined && value.startsWith(reserved))
  const shape = pattern === undefined ? fc.tuple(text, fc.constant('x'.repeat(minLength))) : undefined
  const any = shape
    ? shape.map(([value, filling]) => [...(value + filling)].slice(0, Math.max(minLength, 1)).join('') + value)
    : fc.stringMatching(new RegExp(pattern as string, 'u'))
  const cut = (value: string) => (characters(value) > maxLength ? [...value].slice(0, maxLength).join('') : value)
  // No filter: where limits leave little, one would search for ever.
  return any.map(cut).map((value) => (fits(value) ? value : 'x'.repeat(minLength)))
}

function goodNumber(schema: Limits): fc.Arbitrary<number> {
  const whole = schema.type === 'integer'
  const step = schema.multipleOf ?? (whole ? 1 : 0.5)
  const least =
    schema.minimum ?? schema.exclusiveMinimum ?? (schema.maximum ?? schema.exclusiveMaximum ?? 0) - 50 * step
  const most = schema.maximum ?? schema.exclusiveMaximum ?? least + 100 * step
  const [from, to] = [Math.ceil(least / step), Math.floor(most / step)]
  const above = schema.exclusiveMinimum === undefined ? 0 : 1
  const below = schema.exclusiveMaximum === undefined ? 0 : 1
  const [low, high] = [from + above, Math.max(from + above, to - below)]
  return fc.integer({ min: low, max: high }).map((count) => count * step)
}

/** A value that fits the limits of a schema, but for some where those leave little. */
export function good(given: Schema | undefined, depth = 0): fc.Arbitrary<unknown> {
  const schema = schemaOf(spec, given) as Limits
  const [type] = [schema.type ?? 'object'].flat()
  if (schema.const !== undefined || schema.enum || schema.oneOf || schema.anyOf) return typed(schema)
  if (type === 'string') return goodText(schema)
  if (type === 'integer' || type === 'number') return goodNumber(schema)
  if (type === 'object') return objectOf(schema, (one) => good(one, depth + 1), depth)
  if (type !== 'array') return typed(schema)
  const { minItems = depth === 0 ? 1 : 0, maxItems = minItems + 4 } = schema
  const size = { minLength: minItems, maxLength: Math.min(Math.max(maxItems, minItems), minItems + 20) }
  const items = good(schema.items, depth + 1)
  const list = fc.array(items, size)
  return schema.uniqueItems ? list.map((all) => [...new Set(all)]) : list
}

type Operation = (typeof operations)[number]

/** Bodies that the types of an operation allow. */
export const typedBody = ({ form }: Operation): fc.Arbitrary<Body> =>
  form ? (typed({ type: 'object', ...schemaOf(spec, form) }) as fc.Arbitrary<Body>) : fc.constant({})

/** Bodies on the contract, the JSON inside a message included. */
export function goodBody({ form }: Operation): fc.Arbitrary<Body> {
  if (!form) return fc.constant({})
  const { properties = {} } = schemaOf(spec, form)
  const fields = fc.tuple(
    objectOf({ ...schemaOf(spec, form), type: 'object' } as Limits, (one) => good(one), 0),
    message(properties),
  )
  return fields.map(([body, carried]) => ({ ...body, ...carried }))
}

/** The two fields of a message of a known type; nothing where there are none, and at times also where there are. */
function message(properties: Readonly<Record<string, Schema>>): fc.Arbitrary<Body> {
  const name = Object.keys(properties).find((one) => schemaOf(spec, properties[one])['x-message-types'])
  const { types, fields } = messageTypesOf(spec)
  if (name === undefined || !fields) return fc.constant({})
  const known = [...types].map(([type, { schema }]) =>
    good(schema).map((content) => ({ [fields.type]: type, [fields.content]: JSON.stringify(content) })),
  )
  return fc.oneof(fc.constant({}), ...known)
}

/** Header parameters that fit, by name. */
export const goodHeaders = ({ headers }: Operation): fc.Arbitrary<Record<string, string>> =>
  fc.tuple(...headers.map((one) => fc.tuple(fc.boolean(), good(one.schema) as fc.Arbitrary<string>))).map((values) =>
    Object.fromEntries(
      values.flatMap(([isThere, value], i) => {
        const { name = '', required } = headers[i] ?? {}
        // What a header can carry, and every server leaves as it is.
        return (isThere || required) && /^([!-~]( *[!-~])*)?$/.test(value) ? [[name, value]] : []
      }),
    ),
  )

/** Any value at all. */
export const anything: fc.Arbitrary<unknown> = fc.oneof(
  fc.anything({
    withBigInt: true,
    withBoxedValues: true,
    withDate: true,
    withMap: true,
    withNullPrototype: true,
    withObjectString: true,
    withSet: true,
    withSparseArray: true,
    withTypedArray: true,
    stringUnit: 'binary',
  }),
  fc.constantFrom(Symbol('x'), () => 1, new Proxy({}, {}), -0, 2 ** 53, 1e21, 5e-324, '\ud800', 'x'.repeat(2_000)),
  text,
  finite,
)
