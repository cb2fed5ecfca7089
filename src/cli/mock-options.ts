/**
 * The mock as `mock` and `test` run it: the flags they share, each call as it arrives, and a summary of all calls.
 *
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { Violation } from '../core/error.js'
import { truncate } from '../core/redact.js'
import { createMockApi, type MockApi } from '../mock/mock-api.js'
import { type Findings, findingsOf, joinFindings, type RecordedCall, reportOf } from '../mock/report.js'
import type { PlainRequest } from '../mock/request.js'
import { type RunningServer, startServer } from '../server.js'
import type { Arguments, Flags } from './args.js'
import { withUsageErrors } from './credentials.js'
import { TOOL } from './help.js'
import { type Channel, escapeControls, type Output } from './output.js'

/** Flags of every mock. */
export const MOCK_FLAGS: Flags = {
  strict: { about: 'Enforces what is documented for nonce, timestamp and format of the signed headers.' },
  'no-rate-limit': { about: 'Never refuses a call for the rate limit.' },
  'allow-unknown-types': { about: 'Accepts reserved message types that are newer than the contract.' },
  'no-control': { about: 'Does not serve the control paths.' },
}

/** Where a mock listens, and the keys that it accepts. */
export interface MockSettings {
  readonly appKey: string
  readonly appSecret: string
  readonly host?: string | undefined
  readonly port: number
}

/** A running mock. */
export interface Mock {
  readonly server: RunningServer
  /** The calls off the contract, as text; undefined when there are none. A reset of the mock loses none of them. */
  readonly report: () => string | undefined
}

/**
 * The same mock, which hands on each call when it is answered. Its report covers all calls, also those that a reset or a
 * verification from outside has made it forget.
 */
export function observeCalls(
  api: MockApi,
  onCall: (call: RecordedCall) => void,
): { api: MockApi; report: Mock['report'] } {
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
      const call = api.calls.at(-1)
      if (call) onCall(call)
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
 * @throws UsageError for a wrong setting; the system's error when it cannot listen
 */
export async function startMock(
  args: Arguments,
  { appKey, appSecret, host = '127.0.0.1', port }: MockSettings,
  onCall: (call: RecordedCall) => void,
): Promise<Mock> {
  const created = withUsageErrors(() =>
    createMockApi({
      appKey,
      appSecret,
      strict: args.has('strict'),
      allowUnknownTypes: args.has('allow-unknown-types'),
      ...(args.has('no-rate-limit') && { rateLimit: false as const }),
    }),
  )
  const { api, report } = observeCalls(created, onCall)
  return { report, server: await startServer(api, { host, port, control: !args.has('no-control') }) }
}

/** Method and path of a call. */
export const callTarget = ({ method, path }: Pick<RecordedCall, 'method' | 'path'>): string =>
  escapeControls(`${method} ${path}`)

/** One call in one line. */
export function callLine(call: RecordedCall, { paint }: Channel): string {
  const target = `${call.status}  ${callTarget(call)}`
  if (call.violations.length === 0) {
    return `${paint('green', 'ok ')}  ${target}  ${escapeControls(truncate(JSON.stringify(call.body) ?? '', 160))}`
  }
  const violations = call.violations.map(({ message, keyword }) => `${message} (${keyword})`).join('; ')
  return `${paint('red', 'off')}  ${target}  ${escapeControls(violations)}`
}

/** What reports say of one call: no body, which could fill the memory. */
export type CallFacts = Pick<RecordedCall, 'operation' | 'method' | 'path' | 'status'> & {
  readonly violations: readonly Pick<Violation, 'message' | 'keyword'>[]
}

/** This many calls are listed in the report files, and as many of those off the contract in addition. */
const MAX_LISTED = 10_000

/** This many different paths are counted one by one. */
const MAX_TARGETS = 50

/** Counts all calls of a run, and lists the first ones. */
export class CallSummary {
  readonly listed: CallFacts[] = []
  readonly byTarget: Map<string, number> = new Map()
  total = 0
  violating = 0
  /** Whether a call was refused because of the rate limit. */
  rateLimited = false

  add({ operation, method, path, status, violations }: CallFacts): void {
    const isViolating = violations.length > 0
    this.total++
    if (isViolating) this.violating++
    if (violations.some(({ keyword }) => keyword === 'rate-limit')) this.rateLimited = true
    const name = truncate(callTarget({ method, path }), 100)
    const row = this.byTarget.has(name) || this.byTarget.size < MAX_TARGETS ? name : '(others)'
    this.byTarget.set(row, (this.byTarget.get(row) ?? 0) + 1)
    const limit = isViolating ? 2 * MAX_LISTED : MAX_LISTED
    if (this.listed.length < limit) this.listed.push({ operation, method, path, status, violations })
  }
}

/**
 * Writes the file that a flag names, and its folder.
 *
 * @returns false when it could not be written, which is printed; true also when the flag is not given
 */
export async function writeReport(flag: string, args: Arguments, text: string, output: Output): Promise<boolean> {
  const path = args.value(flag)
  if (path === undefined) return true
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, output.withoutSecrets(text))
    return true
  } catch (error) {
    // `fs` throws errors with a code.
    const { code } = error as NodeJS.ErrnoException
    output.stderr.line(`${TOOL}: the file of --${flag} could not be written (${code})`)
    return false
  }
}
