/**
 * The mock as `mock` and `test` run it: their shared flags, and each call told as it comes.
 *
 * @module
 */

import { truncate } from '../core/redact.js'
import { createMockApi, type MockApi } from '../mock/mock-api.js'
import { type Findings, findingsOf, joinFindings, type RecordedCall, reportOf } from '../mock/report.js'
import type { PlainRequest } from '../mock/request.js'
import { type RunningServer, startServer } from '../server.js'
import type { Arguments, Flags } from './args.js'
import { asUsage } from './credentials.js'
import { type Channel, plain } from './output.js'

/** Flags of every mock. */
export const MOCK_FLAGS: Flags = {
  strict: { about: 'Holds nonce, clock and form of the signed headers to the documentation.' },
  'no-rate-limit': { about: 'Never refuses a call for the rate limit.' },
  'allow-unknown-types': { about: 'Takes reserved message types that are newer than the contract.' },
  'no-control': { about: 'Does not serve the control paths.' },
}

/** Where a mock listens, and for whom. */
export interface MockSettings {
  readonly appKey: string
  readonly appSecret: string
  readonly host?: string | undefined
  readonly port: number
}

/** A mock that runs. */
export interface Mock {
  readonly server: RunningServer
  /** What was off the contract, in words; undefined when nothing was. A reset of the mock loses nothing of it. */
  readonly report: () => string | undefined
}

/**
 * The same mock, which hands on each call when it is answered. Its report covers all calls, also those that a reset or a
 * verification from outside has made it forget.
 */
export function watched(api: MockApi, onCall: (call: RecordedCall) => void): { api: MockApi; report: Mock['report'] } {
  const { handle, verify, reset } = api
  let found: Findings | undefined
  const collect = () => {
    try {
      verify()
    } catch (error) {
      const more = findingsOf(error)
      found = found && more ? joinFindings(found, more) : (more ?? found)
      throw error
    }
  }
  const collectQuietly = () => {
    try {
      collect()
    } catch {}
  }
  Object.assign(api, {
    handle: (request: PlainRequest) => {
      const out = handle(request)
      onCall(api.calls.at(-1) as RecordedCall)
      return out
    },
    verify: collect,
    reset: () => {
      collectQuietly()
      reset()
    },
  })
  return {
    api,
    report: () => {
      collectQuietly()
      return found && reportOf(found)
    },
  }
}

/**
 * Starts a mock.
 *
 * @throws UsageError for a wrong setting; the system's error where it cannot listen
 */
export async function startMock(
  args: Arguments,
  { appKey, appSecret, host = '127.0.0.1', port }: MockSettings,
  told: (call: RecordedCall) => void,
): Promise<Mock> {
  const core = asUsage(() =>
    createMockApi({
      appKey,
      appSecret,
      strict: args.on('strict'),
      allowUnknownTypes: args.on('allow-unknown-types'),
      ...(args.on('no-rate-limit') && { rateLimit: false as const }),
    }),
  )
  const { api, report } = watched(core, told)
  return { report, server: await startServer(api, { host, port, control: !args.on('no-control') }) }
}

/** Method and path of a call. */
export const target = ({ method, path }: Pick<RecordedCall, 'method' | 'path'>): string => plain(`${method} ${path}`)

/** What was sent, in few characters. */
const fieldsOf = ({ body }: RecordedCall): string => plain(truncate(JSON.stringify(body) ?? '', 160))

/** One call in one line. */
export function verdictLine(call: RecordedCall, { paint }: Channel): string {
  const violations = call.violations.map(({ message, keyword }) => `${message} (${keyword})`).join('; ')
  if (violations === '') return `${paint('green', 'ok ')}  ${call.status}  ${target(call)}  ${fieldsOf(call)}`
  return `${paint('red', 'off')}  ${call.status}  ${target(call)}  ${plain(violations)}`
}
