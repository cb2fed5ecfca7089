/**
 * Vectors of method, path, media type and rate limit.
 *
 * @module
 */
import { FORM, type Operation, propertiesOf } from '../openapi.js'
import { casesOf } from './schema-cases.js'
import { encode, pairsOf, requestHeaders, type Vector, type VectorContext, vector } from './vector.js'

/** Method, path and media type. */
export function requestVectors(context: VectorContext, all: readonly Operation[]): Vector[] {
  const {
    operation: { method, path },
  } = context
  const headers = requestHeaders(context)
  const { 'Content-Type': _, ...untyped } = headers
  const typed = (type: string) => ({ headers: { ...headers, 'Content-Type': type } })
  const rule = (keyword: string, field = keyword) => ({ field, keyword })
  const mediaType = rule('media-type', 'Content-Type')
  const taken = new Set(all.filter((one) => one.path === path).map((one) => one.method))
  const paths = [path.replace(/\.[a-z]+$/, ''), `${path}/`, path.toUpperCase()].filter(
    (one) => one !== path && !all.some((other) => other.path === one),
  )
  return [
    vector(context, 'as it is', 'fields', rule('request', ''), undefined),
    ...['GET', 'PUT', 'POST', 'DELETE']
      .filter((one) => one !== method && !taken.has(one))
      .map((one) =>
        vector(context, `method ${one}`, 'request', rule('method'), rule('method'), {
          method: one,
          ...(one === 'GET' && { body: '' }),
        }),
      ),
    ...paths.map((one) => vector(context, `path ${one}`, 'request', rule('path'), rule('path'), { path: one })),
    vector(context, 'media type with a charset', 'request', mediaType, undefined, typed(`${FORM}; charset=UTF-8`)),
    vector(context, 'media type in upper case', 'request', mediaType, undefined, typed(FORM.toUpperCase())),
    vector(context, 'a JSON body', 'request', mediaType, mediaType, {
      ...typed('application/json'),
      body: JSON.stringify(context.base),
    }),
    // A request without a body has no media type to leave out.
    ...(Object.keys(context.base).length > 0
      ? [vector(context, 'no media type', 'request', mediaType, mediaType, { headers: untyped })]
      : []),
  ]
}

/** A vector with more calls would take too long to run. */
const MOST_CALLS = 1_000

/** Good requests that differ in one list, which has each of the given lengths. */
function requestsOfLength({ spec, operation, base, oracle }: VectorContext, field: string, length: number) {
  const lists = casesOf(spec, operation.form, { ...base }, false)
    .filter(({ path, keyword }) => path[0] === field && path.length === 1 && /Items$/.test(keyword))
    .flatMap(({ values }) => values)
  return [base[field], ...lists]
    .filter((list) => Array.isArray(list) && list.length === length)
    .map((list) => ({ ...base, [field]: list }))
    .filter((fields) => oracle.request(fields).length === 0)
}

/** The rate limit, filled to the brim and one call more. */
export function rateVectors(context: VectorContext): Vector[] {
  const { spec, operation, base } = context
  const { limit, cost } = operation.definition['x-rate-limit'] ?? {}
  if (limit === undefined) return []
  const [, list] = propertiesOf(spec, operation.form).find(([name]) => name === cost) ?? []
  const lengths = new Set(list ? [list.minItems ?? 1, list.maxItems ?? 1] : [1])
  const rule = { field: 'rate', keyword: 'rate-limit' }
  return [...lengths].flatMap((length) => {
    const times = Math.floor(limit / length)
    if (length < 1 || times < 1 || times > MOST_CALLS) return []
    const [fields] = cost === undefined ? [base] : requestsOfLength(context, cost, length)
    if (!fields) return []
    const body = encode(pairsOf(fields))
    const each = `calls that cost ${length}`
    return [
      vector(context, `rate: ${times} ${each} within a period`, 'rate', rule, undefined, { body, times }),
      vector(context, `rate: ${times + 1} ${each} within a period`, 'rate', rule, rule, { body, times: times + 1 }),
    ]
  })
}
