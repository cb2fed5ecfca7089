/**
 * Vectors of method, path, media type and rate limit.
 *
 * @module
 */
import { type Operation, schemaOf } from '../spec.js'
import { type Bench, encode, FORM, headersOf, pairsOf, type Vector, vector } from './bench.js'
import { probesOf } from './probes.js'

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

/** The rate limit, filled to the brim and one call more. */
export function rateVectors(bench: Bench): Vector[] {
  const { spec, operation, base } = bench
  const { limit, cost } = (operation.definition['x-rate-limit'] ?? {}) as { limit?: number; cost?: string }
  if (limit === undefined || limit > 1_000) return []
  const schema = cost === undefined ? undefined : schemaOf(spec, schemaOf(spec, operation.form).properties?.[cost])
  const lengths =
    cost === undefined ? [1] : [...new Set([schema?.minItems ?? 1, schema?.maxItems ?? 1])].filter((one) => one > 0)
  const rule = { field: 'rate', keyword: 'rate-limit' }
  return lengths.flatMap((length) => {
    const probe =
      cost === undefined
        ? undefined
        : probesOf(spec, operation.form, { ...base }, false).find(
            ({ path, keyword, fits, values }) =>
              path[0] === cost &&
              path.length === 1 &&
              /Items$/.test(keyword) &&
              fits &&
              (values[0] as unknown[]).length === length,
          )
    if (cost !== undefined && !probe && (base[cost] as unknown[] | undefined)?.length !== length) return []
    const fields = probe ? { ...base, [cost as string]: probe.values[0] } : base
    if (bench.judge.request(fields).length > 0) return []
    const body = encode(pairsOf(fields))
    const times = Math.floor(limit / length)
    if (times < 1) return []
    const each = `calls that cost ${length}`
    return [
      vector(bench, `rate: ${times} ${each} within a period`, 'rate', rule, undefined, { body, times }),
      vector(bench, `rate: ${times + 1} ${each} within a period`, 'rate', rule, rule, { body, times: times + 1 }),
    ]
  })
}
