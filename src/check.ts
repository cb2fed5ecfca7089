/**
 * Does a request fit the contract? Breaches in plain words, the same in the client and in the stand-in.
 *
 * @module
 */
import { headers, type Misfit, messages, requests, type Validate } from '#validators'
import { type OperationId, operations } from './contract.js'
import { type Breach, breach } from './errors.js'

/** A value in a few characters. */
function shown(value: unknown): string {
  if (value === undefined) return 'nothing'
  if (Array.isArray(value)) return `a list of ${value.length}`
  if (typeof value === 'object' && value !== null) return 'an object'
  if (typeof value === 'bigint' || typeof value === 'symbol' || typeof value === 'function') return `a ${typeof value}`
  const text = JSON.stringify(value)
  return text.length > 40 ? `${text.slice(0, 40)}…` : text
}

const A: Readonly<Record<string, string>> = {
  integer: 'an integer',
  array: 'a list',
  object: 'an object',
}

const count = (limit: unknown, unit: string) => `${limit} ${limit === 1 ? unit.replace(/^(\w+)s\b/, '$1') : unit}`
const lengthOf = (value: unknown) => String([...(value as Iterable<unknown>)].length)
const bytesOf = (value: unknown) => String(new TextEncoder().encode(value as string).length)

/** What each keyword asks for; and, where the value itself says too much or too little, what came. */
const WORDS: Readonly<
  Record<
    string,
    readonly [(params: Misfit['params'], unit: string | undefined) => string, ((value: unknown) => string)?]
  >
> = {
  type: [
    ({ type }) =>
      [type]
        .flat()
        .map((one) => A[one as string] ?? `a ${one}`)
        .join(' or '),
  ],
  enum: [({ allowedValues }) => `one of ${(allowedValues as unknown[]).map(shown).join(', ')}`],
  const: [({ allowedValue }) => shown(allowedValue)],
  pattern: [({ pattern }) => `text like ${pattern}`],
  minLength: [({ limit }) => `at least ${count(limit, 'characters')}`, lengthOf],
  maxLength: [({ limit }) => `at most ${count(limit, 'characters')}`, lengthOf],
  minItems: [({ limit }, unit = 'items') => `at least ${count(limit, unit)}`, lengthOf],
  maxItems: [({ limit }, unit = 'items') => `at most ${count(limit, unit)}`, lengthOf],
  uniqueItems: [() => 'each item once', () => 'some twice'],
  minimum: [({ limit }) => `at least ${limit}`],
  maximum: [({ limit }) => `at most ${limit}`],
  exclusiveMinimum: [({ limit }) => `more than ${limit}`],
  exclusiveMaximum: [({ limit }) => `less than ${limit}`],
  multipleOf: [({ multipleOf }) => `a multiple of ${multipleOf}`],
  'x-max-bytes': [({ limit }) => `at most ${limit} bytes of UTF-8`, bytesOf],
  'x-reserved-prefix': [
    ({ prefix }) => `a known message type, for "${prefix}" is reserved (allowUnknownTypes lets newer ones through)`,
  ],
}

/** The value at a JSON pointer, and the pointer as people write it: `toGroupId[1]`. */
function locate(value: unknown, pointer: string, root: string): { field: string; found: unknown } {
  let [field, found] = [root, value]
  for (const escaped of pointer.split('/').slice(1)) {
    const key = escaped.replaceAll('~1', '/').replaceAll('~0', '~')
    if (Array.isArray(found)) field += `[${key}]`
    else field += `${field && '.'}${key}`
    found = (found as Record<string, unknown> | null)?.[key]
  }
  return { field, found }
}

/** Breaches are cut off here: a list of thousands would repeat itself. */
const MOST = 20

/** What a validator refuses, in words. `root` is the name in front of each field. */
export function breachesOf(
  validate: Validate,
  value: unknown,
  root = '',
  units: Readonly<Record<string, string>> = {},
): Breach[] {
  if (validate(value)) return []
  const misfits = (validate.errors ?? []).slice(0, MOST)
  const wrongType = new Set(misfits.filter(({ keyword }) => keyword === 'type').map(({ instancePath }) => instancePath))
  return misfits
    .filter(({ keyword, instancePath }) => keyword === 'type' || keyword === 'required' || !wrongType.has(instancePath))
    .map(({ keyword, instancePath, params }) => {
      const { field, found } = locate(value, instancePath, root)
      if (keyword === 'required') {
        const missing = String(params['missingProperty'])
        return breach(field ? `${field}.${missing}` : missing, keyword, 'required', 'nothing')
      }
      const [expected, received = shown] = WORDS[keyword] ?? [() => `a value that fits "${keyword}"`]
      return breach(field || 'body', keyword, expected(params, units[field]), received(found))
    })
}

/** The JSON inside a message, by the schema of its type. */
function contentBreaches(type: unknown, content: unknown, field: string): Breach[] {
  const validate = typeof type === 'string' && Object.hasOwn(messages, type) ? messages[type] : undefined
  if (!validate || typeof content !== 'string') return []
  try {
    return breachesOf(validate, JSON.parse(content), field)
  } catch {
    return [breach(field, 'x-message-types', `the JSON of ${type as string}`, 'text that is not JSON')]
  }
}

/** How strict the check is. */
export interface CheckOptions {
  /** Lets message types through that have the reserved prefix and are not in the contract. Default `false`. */
  readonly allowUnknownTypes?: boolean | undefined
}

/**
 * Checks a request against its operation: the fields, the message inside by the schema of its type, and the header
 * parameters.
 *
 * @param given the headers of the request by lower-case name; others than the operation's are ignored
 * @returns what does not fit, at most 20 of each kind; an empty list when all does
 */
export function check(operation: OperationId, fields: unknown, given: object, options: CheckOptions = {}): Breach[] {
  const { units, message } = operations[operation]
  const breaches = breachesOf(requests[operation] as Validate, fields, '', units)
  if (message && typeof fields === 'object' && fields !== null) {
    const { [message.type]: type, [message.content]: content } = fields as Record<string, unknown>
    if (!breaches.some(({ field }) => field === message.content)) {
      breaches.push(...contentBreaches(type, content, message.content))
    }
  }
  breaches.push(...breachesOf(headers[operation] as Validate, given))
  return options.allowUnknownTypes ? breaches.filter(({ keyword }) => keyword !== 'x-reserved-prefix') : breaches
}
