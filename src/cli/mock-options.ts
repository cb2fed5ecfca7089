/**
 * The mock as `mock` and `test` run it: the flags they share, each call as it arrives, and a summary of all calls.
 *
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { mockTables, operationIds } from '../core/contract.js'
import type { Violation } from '../core/error.js'
import { truncate } from '../core/redact.js'
import type { Fault } from '../mock/faults.js'
import { createObservedMock, type MockApi, type MockApiOptions, type Observer } from '../mock/mock-api.js'
import { type Findings, joinFindings, Reached, type RecordedCall, reportOf } from '../mock/report.js'
import { type Suspicion, type SuspiciousMode, suspicionText } from '../mock/suspicions.js'
import { type RunningServer, startServer } from '../server.js'
import { type Arguments, didYouMean, type Flags, UsageError } from './args.js'
import { withUsageErrors } from './credentials.js'
import { TOOL } from './help.js'
import { type Channel, escapeControls, type Output } from './output.js'

/** Flags of every mock. */
export const MOCK_FLAGS: Flags = {
  strict: { about: 'Requires new nonces, the current time and the documented format of the signed headers.' },
  'no-rate-limit': { about: 'Never refuses a call for the rate limit.' },
  'allow-unknown-types': { about: 'Accepts reserved message types that are newer than the contract.' },
  'no-control': { about: 'Does not serve the control paths.' },
  respond: {
    value: 'NAME[,N]',
    list: true,
    about: 'Answers the next call, or the next N, of an operation that has it, with this example of the spec.',
  },
  fault: {
    value: 'KIND[,N]',
    list: true,
    about: 'Breaks the next answer, or the next N: hang, reset, truncate or garbage.',
  },
  delay: { value: 'MS', about: 'Sends every answer this many milliseconds late.' },
}

/** Flags about calls that the contract allows and that are probably a mistake, such as a list joined into one id. */
export const suspiciousFlags = (mode: SuspiciousMode): Flags => ({
  suspicious: {
    value: 'MODE',
    about: `For calls that are allowed but probably a mistake: fail, report or ignore. Default ${mode}.`,
  },
  'allow-suspicious': { value: 'NAME', list: true, about: 'A suspicion to ignore, such as joined-list.' },
})

/** What a report says to do about a suspicion that is intended. */
const TO_ALLOW = 'name it with --allow-suspicious'

/** The settings of those flags. @throws UsageError for a mode that does not exist */
export function suspiciousOptions(
  args: Arguments,
  otherwise: SuspiciousMode,
): { readonly suspicious: SuspiciousMode; readonly allowSuspicious: readonly string[] } {
  const suspicious = args.value('suspicious') ?? otherwise
  if (suspicious !== 'fail' && suspicious !== 'report' && suspicious !== 'ignore') {
    throw new UsageError(`"--suspicious" must be fail, report or ignore. Received ${JSON.stringify(suspicious)}`)
  }
  return { suspicious, allowSuspicious: args.values('allow-suspicious') }
}

/** `NAME,TIMES` in parts. */
function timesOf(flag: string, written: string, example: string): { readonly name: string; readonly times: number } {
  const [name = '', times = '1', ...rest] = written.split(',')
  if (rest.length === 0 && /^[1-9]\d{0,8}$/.test(times)) return { name, times: Number(times) }
  throw new UsageError(`"--${flag}" must be a name, or a name and a number: ${example},2`)
}

/** The answers of `--respond` and `--fault`. */
function setAnswers(args: Arguments): NonNullable<Observer['answers']> {
  const names = [...new Set(operationIds.flatMap((id) => Object.keys(mockTables[id].examples)))]
  const examples = args.values('respond').map((written) => {
    const { name, times } = timesOf('respond', written, names[0] ?? 'NAME')
    if (names.includes(name)) return { answer: { example: name }, times }
    throw new UsageError(`"--respond" must be one of ${names.join(', ')}.${didYouMean(name, names)}`)
  })
  const faults = args.values('fault').map((written) => {
    const { name, times } = timesOf('fault', written, 'hang')
    // The mock refuses by name a fault that does not exist.
    return { answer: { fault: name as Fault }, times }
  })
  return [...examples, ...faults]
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
  /** What the report says of expected violations that did not occur, and of answers that were never used. */
  readonly unmet: () => readonly string[]
}

/**
 * A mock whose report covers all calls, also those that a reset or a verification from outside has made it forget. Asking
 * for the report resets the mock.
 */
export function createReportedMock(
  options: MockApiOptions,
  observer: Observer = {},
): { api: MockApi } & Pick<Mock, 'report' | 'unmet'> {
  let found: Findings | undefined
  const onFindings = (findings: Findings) => {
    found = found ? joinFindings(found, findings) : findings
  }
  const api = createObservedMock(options, { ...observer, toAllow: TO_ALLOW, onFindings })
  return {
    api,
    report: () => {
      api.reset()
      return found?.fails ? reportOf(found, TO_ALLOW) : undefined
    },
    unmet: () => found?.unmet ?? [],
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
  mode: SuspiciousMode,
  onCall: (call: RecordedCall) => void,
  onExpected: (call: RecordedCall) => void,
): Promise<Mock> {
  const options: MockApiOptions = {
    appKey,
    appSecret,
    strict: args.has('strict'),
    allowUnknownTypes: args.has('allow-unknown-types'),
    ...(args.has('no-rate-limit') && { rateLimit: false }),
    ...suspiciousOptions(args, mode),
  }
  const observer: Observer = { onCall, onExpected, delay: args.number('delay', 0, 600_000), answers: setAnswers(args) }
  const { api, report, unmet } = withUsageErrors(args, () => createReportedMock(options, observer))
  return { report, unmet, server: await startServer(api, { host, port, control: !args.has('no-control') }) }
}

/** Method and path of a call. */
export const callTarget = ({ method, path }: Pick<RecordedCall, 'method' | 'path'>): string =>
  escapeControls(`${method} ${path}`)

const namedSuspicion = (suspicion: Suspicion) => `${suspicionText(suspicion)} (${suspicion.name})`

/** One call in one line. */
export function callLine(call: RecordedCall, { paint }: Channel): string {
  const target = `${call.status}  ${callTarget(call)}`
  if (call.suspicions.length > 0) {
    const suspicions = call.suspicions.map(namedSuspicion).join('; ')
    return `${paint('yellow', 'suspicious')}  ${target}  ${escapeControls(suspicions)}`
  }
  if (call.violations.length === 0) {
    return `${paint('green', 'ok ')}  ${target}  ${escapeControls(truncate(JSON.stringify(call.body) ?? '', 160))}`
  }
  const violations = call.violations.map(({ message, keyword }) => `${message} (${keyword})`).join('; ')
  return `${paint('red', 'off')}  ${target}  ${escapeControls(violations)}`
}

/** Prints a report, or another reason to fail, with its first line in red. */
export function printReport(text: string, { stderr }: Pick<Output, 'stderr'>): void {
  const [first = '', ...lines] = text.trimEnd().split('\n').map(escapeControls)
  stderr.line([stderr.paint('red', first), ...lines].join('\n'))
}

/** The parts of a call that reports show. The body is left out, since all bodies together could fill the memory. */
export type ListedCall = Pick<RecordedCall, 'operation' | 'method' | 'path' | 'status'> & {
  /** Without those that a test has expected. */
  violations: readonly Pick<Violation, 'message' | 'keyword'>[]
  readonly suspicions: readonly Suspicion[]
}

/** The report files list at most this many calls, plus as many more that are off the contract or suspicious. */
const MAX_LISTED = 10_000

/** This many suspicions are described. */
const MAX_SUSPICIONS = 20

/** This many different paths are counted one by one. */
const MAX_TARGETS = 50

const isRateLimited = ({ violations }: RecordedCall) => violations.some(({ keyword }) => keyword === 'rate-limit')

/** Counts all calls of a run, and lists the first ones. */
export class CallSummary {
  readonly #listed = new Set<ListedCall>()
  readonly #factsOf = new WeakMap<RecordedCall, ListedCall>()
  #listedPassing = 0
  readonly byTarget: Map<string, number> = new Map()
  total = 0
  violating = 0
  /** Number of calls that are on the contract but suspicious; `suspicions` describes the first of them. */
  suspicious = 0
  readonly suspicions: string[] = []
  readonly reached: Reached = new Reached()
  /** Number of calls that were refused because of the rate limit, without expected ones. */
  rateLimited = 0

  /** The first calls, in order. */
  get listed(): readonly ListedCall[] {
    return [...this.#listed]
  }

  add(call: RecordedCall): void {
    const { operation, method, path, status, violations, suspicions } = call
    const isViolating = violations.length > 0
    this.total++
    this.reached.add(call)
    if (suspicions.length > 0) {
      this.suspicious++
      if (this.suspicions.length < MAX_SUSPICIONS) this.suspicions.push(...suspicions.map(namedSuspicion))
    }
    if (isViolating) this.violating++
    if (isRateLimited(call)) this.rateLimited++
    const name = truncate(callTarget({ method, path }), 100)
    const row = this.byTarget.has(name) || this.byTarget.size < MAX_TARGETS ? name : '(others)'
    this.byTarget.set(row, (this.byTarget.get(row) ?? 0) + 1)
    const facts = { operation, method, path, status, violations, suspicions }
    const isPassing = !isViolating && suspicions.length === 0
    if (isPassing ? this.#listedPassing >= MAX_LISTED : this.#listed.size - this.#listedPassing >= MAX_LISTED) return
    this.#factsOf.set(call, facts)
    this.#listed.add(facts)
    if (isPassing) this.#listedPassing++
  }

  /** A test has expected the violations of this call, so they are not counted. */
  expect(call: RecordedCall): void {
    this.violating--
    if (isRateLimited(call)) this.rateLimited--
    const facts = this.#factsOf.get(call)
    if (!facts) return
    // It then counts as one that passes.
    if (this.#listedPassing < MAX_LISTED) this.#listedPassing++
    else this.#listed.delete(facts)
    facts.violations = []
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
