/**
 * The mock server's own paths, for tests in any language: set an answer, expect a violation, read, verify and forget the
 * calls. They are not recorded.
 *
 * @module
 */
import { operationIds, security } from '../core/contract.js'
import { messageOf } from '../core/error.js'
import type { MockApi } from './mock-api.js'
import { ContractViolationError, type RecordedCall } from './report.js'
import type { PlainRequest } from './request.js'
import { answer, type PlainAnswer } from './response.js'
import { isTaken } from './router.js'

/** What the routes need of a mock. */
export type AdminApi = Pick<MockApi, 'calls' | 'reset' | 'verify' | 'respondOnce' | 'expectViolation'>

/** The same for JSON, which may hold anything: the mock refuses by name what it does not understand. */
interface UntypedApi {
  respondOnce(operation: unknown, answer: unknown, options: object): void
  expectViolation(violation: unknown, options: object): void
}

interface Route {
  readonly methods: readonly string[]
  readonly run: (body: string | undefined) => PlainAnswer
}

/** Header names of the signature, in lower case. */
const SIGNATURES = [security.headers[security.signature] ?? '', ...(security.aliases[security.signature] ?? [])].map(
  (name) => name.toLowerCase(),
)

/** A call as JSON shows it, without the signature: a reader must not be able to send it again. */
function shown(call: RecordedCall): object {
  const hidden = SIGNATURES.filter((name) => name in call.headers).map((name) => [name, '[hidden]'])
  return { ...call, headers: { ...call.headers, ...Object.fromEntries(hidden) } }
}

/** An object of JSON. @throws TypeError for all else */
function parsed(body: string | undefined): Readonly<Record<string, unknown>> {
  let value: unknown
  try {
    value = JSON.parse(body ?? '')
  } catch {
    throw new TypeError('the body must be JSON')
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value }
  throw new TypeError('the body must be a JSON object')
}

const refusal = (path: string, status: number, errorMessage: string, headers?: Readonly<Record<string, string>>) =>
  answer(status, { url: path, code: status, errorMessage }, headers)

/** `host:port` without the port, and without the brackets of an IPv6 address. */
const hostnameOf = (host: string) =>
  host
    .replace(/:\d+$/, '')
    .replace(/^\[|\]$/g, '')
    .toLowerCase()

/**
 * Whether a request comes from a test, and not from a web page whose name leads to this machine: the host is an address, a
 * name without a dot as containers have it, or the name that the server listens on; and no page of another origin
 * asks.
 */
function isLocal({ host = '', origin }: PlainRequest['headers'], ownHost: string | undefined): boolean {
  const name = hostnameOf(host)
  const isAddress = /^[\d.]+$/.test(name) || name.includes(':')
  const isKnown =
    isAddress || !name.includes('.') || /\.(localhost|internal|local|test)$/.test(name) || name === ownHost
  return isKnown && (origin === undefined || origin === `http://${host}`)
}

function routesOf(api: AdminApi): Readonly<Record<string, Route>> {
  const untyped: UntypedApi = api
  const done = () => answer(204, undefined)
  return {
    '/__health': { methods: ['GET', 'HEAD'], run: () => answer(200, { status: 'ok' }) },
    '/__calls': {
      methods: ['GET', 'HEAD'],
      run: () => answer(200, api.calls.map(shown), { 'cache-control': 'no-store' }),
    },
    '/__respond': {
      methods: ['POST'],
      run: (body) => {
        const { operation = operationIds[0], times, ...custom } = parsed(body)
        untyped.respondOnce(operation, custom, times === undefined ? {} : { times })
        return done()
      },
    },
    '/__expect': {
      methods: ['POST'],
      run: (body) => {
        const { violation, ...options } = parsed(body)
        untyped.expectViolation(violation, options)
        return done()
      },
    },
    '/__verify': {
      methods: ['POST'],
      run: () => {
        try {
          api.verify()
          return answer(200, { status: 'ok' })
        } catch (error) {
          if (error instanceof ContractViolationError) return answer(409, { status: 'failed', report: error.message })
          throw error
        }
      },
    },
    '/__reset': {
      methods: ['POST'],
      run: () => {
        api.reset()
        return done()
      },
    },
  }
}

/**
 * Answers `GET /__calls`, `POST /__respond`, `/__expect`, `/__verify` and `/__reset`, and `GET /__health`; `undefined` for all
 * other paths.
 *
 * @param ownHost the name that the server listens on, where it has one
 * @throws TypeError when the contract has an operation at one of these paths
 */
export function createAdminRoutes(
  api: AdminApi,
  ownHost?: string | undefined,
): (request: PlainRequest) => PlainAnswer | undefined {
  const routes = routesOf(api)
  const taken = Object.keys(routes).find(isTaken)
  if (taken) throw new TypeError(`"control" must be false: the contract has an operation at ${taken}`)
  return ({ method, path: target, headers, body }) => {
    // Nearly all requests are for the contract.
    if (!target.startsWith('/__')) return undefined
    const path = target.split('?', 1)[0] ?? ''
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined
    if (!route) return undefined
    if (!isLocal(headers, ownHost))
      return refusal(path, 403, 'this path answers tests alone, not pages of other origins')
    const allow = route.methods.join(', ')
    if (!route.methods.includes(method)) return refusal(path, 405, `method: ${allow}, got ${method}`, { allow })
    try {
      return route.run(body)
    } catch (error) {
      return refusal(path, 400, messageOf(error))
    }
  }
}
