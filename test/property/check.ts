/**
 * The check in the client and the check in the mock, over any value at all.
 *
 * The rule: the client refuses a call exactly when the mock refuses it unchecked, as long as the wire carries its
 * fields as they are. Where it does not, the client may refuse what the mock takes, and never the other way round;
 * the mock then judges what has arrived. The wire changes a value in these ways and no other:
 *
 * - every value that is no text travels as its text, and is read as its field's kind where it looks like one;
 * - a list of none, and a field that is undefined, leave no trace;
 * - of a list's field one value alone is a list of one; of any other field a list of one is its value, and more is a
 *   violation (`repeated`);
 * - a value that is no object has its own fields: those of a text are its letters;
 * - blanks around the value of a header are no part of it.
 */
import fc from 'fast-check'
import type { Kind, OperationId } from '../../src/core/contract.js'
import type { Violation } from '../../src/core/error.js'
import { check } from '../../src/core/validate.js'
import { createClient } from '../../src/index.js'
import { createMockApi } from '../../src/testing.js'
import { schemaOf } from '../../src/tooling/generate/openapi.js'
import { formTable } from '../../src/tooling/generate/tables/mock.js'
import { prove, type Setup } from './prove.js'
import { anything, goodBody, goodHeaders, operations, spec, text, typedBody } from './values.js'

type Operation = (typeof operations)[number]

/** Changes of a body: the ways in which callers get it wrong. */
function changesOf(operation: Operation): fc.Arbitrary<(body: Record<string, unknown>) => void> {
  const names = Object.keys(formTable(spec, operation))
  const name = fc.oneof(fc.constantFrom(...names, 'unlisted', '__proto__', 'constructor'), text)
  const list = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value])
  return fc.oneof(
    fc.tuple(name, anything).map(
      ([key, value]) =>
        (body: Record<string, unknown>) =>
          put(body, key, value),
    ),
    fc.tuple(name, fc.constantFrom(2 ** 53, -(2 ** 60), 1e21, 1e-7, 1.1 * 3, Number.MAX_VALUE, -0)).map(
      ([key, value]) =>
        (body: Record<string, unknown>) =>
          put(body, key, value),
    ),
    name.map((key) => (body: Record<string, unknown>) => void delete body[key]),
    name.map((key) => (body: Record<string, unknown>) => put(body, key, undefined)),
    name.map((key) => (body: Record<string, unknown>) => put(body, key, list(body[key]))),
    name.map((key) => (body: Record<string, unknown>) => put(body, key, list(body[key])[0])),
    name.map((key) => (body: Record<string, unknown>) => put(body, key, [])),
    name.map((key) => (body: Record<string, unknown>) => put(body, key, [...list(body[key]), list(body[key])[0]])),
    fc.tuple(name, anything).map(([key, value]) => (body: Record<string, unknown>) => {
      put(body, key, [...list(body[key]), value])
    }),
    fc.tuple(name, fc.integer({ min: 1, max: 6 })).map(([key, times]) => (body: Record<string, unknown>) => {
      put(body, key, Array(times).fill(list(body[key])[0]))
    }),
    fc.tuple(name, text).map(([key, tail]) => (body: Record<string, unknown>) => {
      if (typeof body[key] === 'string') put(body, key, body[key] + tail)
    }),
    fc.tuple(name, fc.integer({ min: 0, max: 200 })).map(([key, times]) => (body: Record<string, unknown>) => {
      if (typeof body[key] === 'string') put(body, key, body[key].repeat(times))
    }),
    fc.tuple(name, fc.double()).map(([key, more]) => (body: Record<string, unknown>) => {
      if (typeof body[key] === 'number') put(body, key, body[key] + more)
    }),
    name.map((key) => (body: Record<string, unknown>) => {
      if (typeof body[key] === 'number' || typeof body[key] === 'boolean') put(body, key, String(body[key]))
    }),
  )
}

/** `__proto__` is a name like any other. */
function put(body: Record<string, unknown>, key: string, value: unknown): void {
  Object.defineProperty(body, key, { value, enumerable: true, configurable: true, writable: true })
}

const given = (operation: Operation): fc.Arbitrary<unknown> =>
  fc.oneof(
    { weight: 1, arbitrary: anything },
    { weight: 2, arbitrary: typedBody(operation) },
    {
      weight: 8,
      arbitrary: fc
        .tuple(goodBody(operation), fc.array(changesOf(operation), { maxLength: 3 }))
        .map(([body, changes]) => {
          const copy = Object.assign(Object.create(null), body) as Record<string, unknown>
          for (const change of changes) change(copy)
          return copy
        }),
    },
  )

/** Names that are not the caller's to set, or that the mock reads as a wish. */
const OTHERS = /^(prefer|content-type|connection|(rc-)?(app-key|nonce|timestamp|signature))$/i

const headersFor = (operation: Operation): fc.Arbitrary<Record<string, string>> => {
  const names = operation.headers.map(({ name }) => name)
  const name = fc.constantFrom(...names, ...names.map((one) => one.toUpperCase()), 'x-other')
  const value = fc.oneof(fc.string({ maxLength: 40 }), text, anything as fc.Arbitrary<string>)
  const odd = fc.dictionary(name, value, { maxKeys: 2 })
  return fc.oneof(
    { weight: 4, arbitrary: goodHeaders(operation) },
    { weight: 1, arbitrary: fc.tuple(goodHeaders(operation), odd).map(([good, more]) => ({ ...good, ...more })) },
  )
}

const requestId = fc.option(fc.oneof(fc.string({ maxLength: 40 }), text, anything as fc.Arbitrary<string>), {
  nil: '0b8e1c5e-1f6e-4f0a-9d0f-3c1f6a2b7d11',
  freq: 2,
})

const INTEGER = /^(0|-?[1-9][0-9]*|-0)$/
const NUMBER = /^-?(0|[1-9][0-9]*)([.][0-9]+)?(e[+-]?[0-9]+)?$/i

/** A text as a field of its kind reads it: written again here, so that the decoder is not its own witness. */
function readAs(kind: string, value: string): unknown {
  if (kind === 'integer') return INTEGER.test(value) && Math.abs(+value) < 2 ** 53 ? +value : value
  if (kind === 'number') return NUMBER.test(value) ? +value : value
  if (kind === 'boolean') return value === 'true' ? true : value === 'false' ? false : value
  return value
}

interface Arrived {
  readonly fields: Record<string, unknown>
  readonly repeated: readonly string[]
}

/** What arrives of a value: the rule above. */
function arrived(value: unknown, kinds: Readonly<Record<string, Kind>>): Arrived {
  const fields = Object.create(null) as Record<string, unknown>
  const repeated: string[] = []
  for (const [name, one] of Object.entries(value ?? {})) {
    if (one === undefined) continue
    const kind = Object.hasOwn(kinds, name) ? (kinds[name] as string) : undefined
    const texts = (Array.isArray(one) ? Array.from(one) : [one]).map((each) => String(each))
    const values = texts.map((each) => readAs((kind ?? 'string').replace('[]', ''), each))
    if (values.length === 0) continue
    if (kind !== undefined && !kind.endsWith('[]') && values.length > 1) repeated.push(name)
    fields[name] = kind?.endsWith('[]') || (kind === undefined && values.length > 1) ? values : values[0]
  }
  return { fields, repeated }
}

const simple = (one: unknown) => ['string', 'number', 'boolean'].includes(typeof one)

/** Whether the wire carries a value as it is. */
function crosses(value: unknown, { fields }: Arrived): boolean {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false
  const own = Object.entries(value).filter(([, one]) => one !== undefined)
  return (
    own.length === Object.keys(fields).length &&
    own.every(([name, one]) => {
      const there = fields[name]
      // Typed arrays and their like print as lists do.
      const plain = simple(one) || (Array.isArray(one) && Array.from(one).every(simple))
      return plain && Array.isArray(one) === Array.isArray(there) && JSON.stringify(one) === JSON.stringify(there)
    })
  )
}

const words = (violations: readonly Violation[]) => violations.map(({ message }) => message)

const KEYS = { appKey: 'k', appSecret: 's' }

export async function checksAgree(setup: Setup): Promise<string> {
  const api = createMockApi({ ...KEYS, rateLimit: false, maxCalls: 1 })
  const options = { ...KEYS, baseUrl: 'http://x', fetch: api.fetch, limiter: false, retry: false } as const
  const [strict, loose] = [createClient(options), createClient({ ...options, validate: false })].map(
    ({ safe }) => safe as unknown as Readonly<Record<string, (value: unknown, call: object) => Promise<Ended>>>,
  ) as [Methods, Methods]
  const cases = operations.map((operation) =>
    fc.tuple(fc.constant(operation.id), given(operation), headersFor(operation), requestId),
  )

  /** Operations with a field that must be there. */
  const needy = new Set(operations.filter(({ form }) => schemaOf(spec, form).required?.length).map((one) => one.id))
  const kindsOf = Object.fromEntries(operations.map((one) => [one.id, formTable(spec, one)]))

  const property = fc.asyncProperty(fc.oneof(...cases), async ([id, value, headers, requestId]) => {
    fc.pre(!Object.keys(headers).some((name) => OTHERS.test(name)))
    const kinds = kindsOf[id] as Readonly<Record<string, Kind>>
    api.reset()
    const checked = await (strict[id] as Method)(value, { headers, requestId })
    const refused = checked.error?.kind === 'contract'
    if (refused && api.calls.length > 0) throw new Error('refused, and sent all the same')
    api.reset()
    const unchecked = await (loose[id] as Method)(value, { headers, requestId })
    const call = api.calls.at(-1)
    if (call === undefined) {
      // What cannot be written is not sent, checked or not.
      if (!refused || unchecked.error?.kind !== 'contract') throw new Error('not sent, and not refused')
      return
    }
    const found = call.violations
    if (!refused && found.length > 0) throw new Error(`the client takes what the mock refuses: ${words(found)}`)
    const there = arrived(value, kinds)
    const due =
      there.repeated.length > 0
        ? there.repeated.map((name) => `${name}: one value, got ${(value as Record<string, []>)[name]?.length}`)
        : words(check(id as OperationId, there.fields, call.headers))
    const nothing = Object.keys(there.fields).length === 0 && needy.has(id)
    equal(words(found), nothing ? ['body: form fields, got an empty body'] : due)
    if (
      !refused ||
      !crosses(value, there) ||
      !sameHeaders({ ...headers, ...(requestId === undefined ? {} : { requestId }) })
    )
      return
    if (nothing ? found.length === 0 : `${words(checked.error?.violations ?? [])}` !== `${words(found)}`)
      throw new Error(`the client says ${words(checked.error?.violations ?? [])}; the mock ${words(found)}`)
  })
  return prove('the two checks agree', property, setup)
}

interface Ended {
  readonly error?: { readonly kind: string; readonly violations: readonly Violation[] }
}
type Method = (value: unknown, call: object) => Promise<Ended>
type Methods = Readonly<Record<string, Method>>

/** Values that a header carries as they are. */
const sameHeaders = (headers: Readonly<Record<string, unknown>>) =>
  Object.values(headers).every((value) => typeof value === 'string' && value === value.trim())

function equal(found: readonly string[], due: readonly string[]): void {
  if (JSON.stringify(found) !== JSON.stringify(due)) throw new Error(`found ${found}\n  due ${due}`)
}
