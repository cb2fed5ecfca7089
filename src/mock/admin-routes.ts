/**
 * The mock server's own paths, for tests in any language: set an answer, expect a violation, read the calls, verify them
 * and reset the mock. Requests to these paths are not recorded.
 *
 * @module
 */
import { operationIds, signatureNames } from '../core/contract.js'
import { messageOf } from '../core/error.js'
import { parseJson } from '../core/json.js'
import { isObject } from '../core/record.js'
import type { MockApi } from './mock-api.js'
import { ContractViolationError, type RecordedCall } from './report.js'
import type { PlainRequest } from './request.js'
import { answer, errorBody, type PlainAnswer } from './response.js'
import { isTaken } from './router.js'

/** The part of a mock that the routes use. */
export type AdminApi = Pick<MockApi, 'calls' | 'reset' | 'verify' | 'respondOnce' | 'expectViolation'>

/** The same methods for untyped JSON. The mock checks all values itself. */
interface UntypedApi {
  respondOnce(operation: unknown, answer: unknown, options: object): void
  expectViolation(violation: unknown, options: object): void
}

interface AdminRoute {
  readonly methods: readonly string[]
  readonly run: (request: PlainRequest) => PlainAnswer
}

/** A call for `/__calls`, without its signature, so that a reader cannot send it again. */
function withoutSignature(call: RecordedCall): object {
  const hidden = signatureNames.filter((name) => name in call.headers).map((name) => [name, '[hidden]'])
  return { ...call, headers: { ...call.headers, ...Object.fromEntries(hidden) } }
}

/** Parses a JSON object. @throws TypeError for anything else */
function parseObject({ body, maxBody }: PlainRequest): Readonly<Record<string, unknown>> {
  if (body === undefined) throw new TypeError(`the body must be at most ${maxBody} bytes`)
  const value = parseJson(body)
  if (value === undefined) throw new TypeError('the body must be JSON')
  if (isObject(value)) return value
  throw new TypeError('the body must be a JSON object')
}

const errorAnswer = (path: string, status: number, message: string, headers?: Readonly<Record<string, string>>) =>
  answer(status, errorBody(path, status, message), headers)

/** `host:port` without the port. An IPv6 address keeps its brackets. */
const hostnameOf = (host: string) => host.replace(/:\d+$/, '').toLowerCase()

/**
 * Whether a request comes from a test, and not from a web page whose host name resolves to this machine. The host must be
 * an IP address, a name without a dot such as a container's, a local name, or the name that the server listens on. The
 * request must not come from a page of another origin.
 */
function isLocal({ host = '', origin }: PlainRequest['headers'], ownHost: string | undefined): boolean {
  const name = hostnameOf(host)
  const isAddress = /^[\d.]+$/.test(name) || name.includes(':')
  const isKnown =
    isAddress ||
    !name.includes('.') ||
    /\.(localhost|internal|local|test)$/.test(name) ||
    name === ownHost?.toLowerCase()
  return isKnown && (origin === undefined || origin === `http://${host}`)
}

function routesOf(api: AdminApi): Readonly<Record<string, AdminRoute>> {
  const untyped: UntypedApi = api
  const done = () => answer(204, undefined)
  return {
    '/__health': { methods: ['GET', 'HEAD'], run: () => answer(200, { status: 'ok' }) },
    '/__calls': {
      methods: ['GET', 'HEAD'],
      run: () => answer(200, api.calls.map(withoutSignature), { 'cache-control': 'no-store' }),
    },
    '/__respond': {
      methods: ['POST'],
      run: (request) => {
        const { operation = operationIds[0], times, ...custom } = parseObject(request)
        untyped.respondOnce(operation, custom, { times })
        return done()
      },
    },
    '/__expect': {
      methods: ['POST'],
      run: (request) => {
        const { violation, ...options } = parseObject(request)
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
 * Makes a function that answers `GET /__calls`, `POST /__respond`, `/__expect`, `/__verify` and `/__reset`, and
 * `GET /__health`. It returns `undefined` for all other paths.
 *
 * @param ownHost the host name that the server listens on, if any
 * @throws TypeError when the contract has an operation at one of these paths
 */
export function createAdminRoutes(
  api: AdminApi,
  ownHost?: string | undefined,
): (request: PlainRequest) => PlainAnswer | undefined {
  const routes = routesOf(api)
  const taken = Object.keys(routes).find(isTaken)
  if (taken) throw new TypeError(`"control" must be false: the contract has an operation at ${taken}`)
  return (request) => {
    const { method, path: target, headers } = request
    // A fast path, because nearly all requests go to the contract's paths.
    if (!target.startsWith('/__')) return undefined
    const path = target.split('?', 1)[0] ?? ''
    const route = Object.hasOwn(routes, path) ? routes[path] : undefined
    if (!route) return undefined
    if (!isLocal(headers, ownHost))
      return errorAnswer(path, 403, 'this path is for tests only, not for pages of other origins')
    const allow = route.methods.join(', ')
    if (!route.methods.includes(method)) return errorAnswer(path, 405, `method: ${allow}, got ${method}`, { allow })
    try {
      return route.run(request)
    } catch (error) {
      return errorAnswer(path, 400, messageOf(error))
    }
  }
}
