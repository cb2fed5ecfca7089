/**
 * Vectors of method, path, media type and rate limit.
 *
 * @module
 */
import { type Operation, schemaOf } from '../openapi.js'
import { probesOf } from './schema-cases.js'
import { type Bench, encode, FORM, headersOf, pairsOf, type Vector, vector } from './vector.js'

/** Method, path and media type. */
export function requestVectors(bench: Bench, all: readonly Operation[]): Vector[] {
  const {
    operation: { method, path },
  } = bench
  const headers = headersOf(bench)
  const { 'Content-Type': _, ...untyped } = headers
  const typed = (type: string) => ({ headers: { ...headers, 'Content-Type': type } })
  const rule = (keyword: string, field = keyword) => ({ field, keyword })
  const mediaType = rule('media-type', 'Content-Type')
  const taken = new Set(all.filter((one) => one.path === path).map((one) => one.method))
  const paths = [path.replace(/\.[a-z]+$/, ''), `${path}/`, path.toUpperCase()].filter(
    (one) => one !== path && !all.some((other) => other.path === one),
  )
  return [
    vector(bench, 'as it is', 'fields', rule('request', ''), undefined),
    ...['GET', 'PUT', 'POST', 'DELETE']
      .filter((one) => one !== method && !taken.has(one))
      .map((one) =>
        vector(bench, `method ${one}`, 'request', rule('method'), rule('method'), {
          method: one,
          ...(one === 'GET' && { body: '' }),
        }),
      ),
    ...paths.map((one) => vector(bench, `path ${one}`, 'request', rule('path'), rule('path'), { path: one })),
    vector(bench, 'media type with a charset', 'request', mediaType, undefined, typed(`${FORM}; charset=UTF-8`)),
    vector(bench, 'media type in upper case', 'request', mediaType, undefined, typed(FORM.toUpperCase())),
    vector(bench, 'a JSON body', 'request', mediaType, mediaType, {
      ...typed('application/json'),
      body: JSON.stringify(bench.base),
    }),
    vector(bench, 'no media type', 'request', mediaType, mediaType, { headers: untyped }),
  ]
}

/** A vector of more calls would keep whoever runs it waiting. */
const MOST_CALLS = 1_000

/** Lists of so many values that may fit a field. */
const listsOf = ({ spec, operation, base }: Bench, field: string, length: number): unknown[][] =>
  probesOf(spec, operation.form, { ...base }, false)
    .filter(({ path, keyword }) => path[0] === field && path.length === 1 && /Items$/.test(keyword))
    .flatMap(({ values }) => values as unknown[][])
    .filter((list) => list.length === length)

/** The rate limit, filled to the brim and one call more. */
export function rateVectors(bench: Bench): Vector[] {
  const { spec, operation, base } = bench
  const { limit, cost } = (operation.definition['x-rate-limit'] ?? {}) as { limit?: number; cost?: string }
  if (limit === undefined) return []
  const schema = cost === undefined ? undefined : schemaOf(spec, schemaOf(spec, operation.form).properties?.[cost])
  const lengths =
    cost === undefined ? [1] : [...new Set([schema?.minItems ?? 1, schema?.maxItems ?? 1])].filter((one) => one > 0)
  const rule = { field: 'rate', keyword: 'rate-limit' }
  return lengths.flatMap((length) => {
    const lists = cost === undefined ? [] : listsOf(bench, cost, length)
    const fields = [base, ...lists.map((list) => ({ ...base, [cost as string]: list }))].find(
      (one) =>
        (cost === undefined || (one[cost] as unknown[] | undefined)?.length === length) &&
        bench.judge.request(one).length === 0,
    )
    const times = Math.floor(limit / length)
    if (!fields || times < 1 || times > MOST_CALLS) return []
    const body = encode(pairsOf(fields))
    const each = `calls that cost ${length}`
    return [
      vector(bench, `rate: ${times} ${each} within a period`, 'rate', rule, undefined, { body, times }),
      vector(bench, `rate: ${times + 1} ${each} within a period`, 'rate', rule, rule, { body, times: times + 1 }),
    ]
  })
}
