/**
 * The server's own paths, for test programs in any language: what was called, and forget it.
 *
 * @module
 */
import { security } from '../core/contract.js'
import type { MockApi } from './mock-api.js'
import type { RecordedCall } from './report.js'
import { answer, type PlainAnswer } from './response.js'
import { isTaken } from './router.js'

const [CALLS, RESET] = ['/__calls', '/__reset']

/** Header names of the signature, in lower case. */
const SIGNATURES = [security.headers[security.signature] ?? '', ...(security.aliases[security.signature] ?? [])].map(
  (name) => name.toLowerCase(),
)

/** A call as JSON shows it: whoever may read it need not be able to send it again. */
function shown(call: RecordedCall): object {
  const hidden = SIGNATURES.filter((name) => name in call.headers).map((name) => [name, '[hidden]'])
  return { ...call, headers: { ...call.headers, ...Object.fromEntries(hidden) } }
}

/**
 * Answers `GET /__calls` with the calls as JSON, oldest first, and `POST /__reset` by forgetting them; `undefined` for
 * all other paths. Neither is recorded.
 *
 * @throws TypeError when the contract has an operation at one of the two paths
 */
export function createControl(
  api: Pick<MockApi, 'calls' | 'reset'>,
): (method: string, path: string) => PlainAnswer | undefined {
  const taken = [CALLS, RESET].find(isTaken)
  if (taken) throw new TypeError(`"control" must be false: the contract has an operation at ${taken}`)

  const paths: Readonly<Record<string, { readonly methods: readonly string[]; readonly run: () => PlainAnswer }>> = {
    [CALLS]: {
      methods: ['GET', 'HEAD'],
      run: () => answer(200, api.calls.map(shown), { 'cache-control': 'no-store' }),
    },
    [RESET]: {
      methods: ['POST'],
      run: () => {
        api.reset()
        return answer(204, undefined)
      },
    },
  }
  return (method, target) => {
    // Nearly all requests are for the contract.
    if (!target.startsWith('/__')) return undefined
    const path = target.split('?', 1)[0] ?? ''
    const found = Object.hasOwn(paths, path) ? paths[path] : undefined
    if (!found || found.methods.includes(method)) return found?.run()
    const allow = found.methods.join(', ')
    return answer(405, { url: path, code: 405, errorMessage: `method: ${allow}, got ${method}` }, { allow })
  }
}
