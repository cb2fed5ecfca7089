/**
 * `check`: captured traffic against the contract, without running anything.
 *
 * @module
 */
import type { Violation } from '../../core/error.js'
import { count } from '../../core/phrases.js'
import { truncate } from '../../core/redact.js'
import { type Suspicion, suspicionText } from '../../mock/suspicions.js'
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import {
  type CapturedRequest,
  CaptureError,
  type CaptureKind,
  problemText,
  type Unchecked,
  type Unreadable,
} from '../captures/capture.js'
import { readCapture } from '../captures/read.js'
import { type CheckedAnswer, checkAnswer } from '../check-answer.js'
import { type CheckRequest, createRequestCheck, findTarget } from '../check-request.js'
import { APP_KEY_VARIABLE, APP_SECRET_FLAGS, findAppKey, findAppSecret, withUsageErrors } from '../credentials.js'
import { TOOL } from '../help.js'
import { readFileOrStdin } from '../input.js'
import type { Io } from '../io.js'
import { suspiciousFlags, suspiciousOptions } from '../mock-options.js'
import { type Channel, escapeControls, type Output } from '../output.js'

const FLAGS: Flags = {
  'app-key': { value: 'KEY', about: 'The App Key that the calls must have. Default: RONGCLOUD_APP_KEY, else any.' },
  ...APP_SECRET_FLAGS,
  strict: { about: 'Also enforces the documented format of the signed headers, and a new nonce for each call.' },
  'allow-unknown-types': { about: 'Accepts reserved message types that are newer than the contract.' },
  'base-url': {
    value: 'URL',
    list: true,
    about: "A base URL besides the vendor's hosts. Every request below it is checked.",
  },
  ...suspiciousFlags('report'),
  json: { about: 'Prints the results as JSON.' },
}

/** The result for one request. */
interface RequestResult {
  readonly at: number
  readonly method: string
  readonly url: string
  readonly operation: string | undefined
  /** False when the capture has no body: then only path, method and headers are checked. */
  readonly hasBody: boolean
  readonly violations: readonly Violation[]
  readonly suspicions: readonly Suspicion[]
  /** Undefined when the capture has no answer. */
  readonly answer: ({ readonly status: number } & CheckedAnswer) | undefined
}

/** A request that was not understood. Its headers are left out, because they sign it. */
type Problem = Pick<Unreadable, 'at' | 'line' | 'reason'>

const problemOf = ({ at, line, reason }: Unreadable): Problem => ({ at, line, reason })

/** The result for one file. */
interface FileResult {
  readonly file: string
  readonly kind: CaptureKind | undefined
  readonly requests: readonly RequestResult[]
  /** Requests that are not to the API: the host of each; and how often a browser asked in advance whether it may send. */
  readonly skipped: { readonly others: readonly string[]; readonly preflights: number }
  /** Requests that were never sent or answered. */
  readonly notSent: readonly Unchecked[]
  /** Requests that were not understood. */
  readonly unreadable: readonly Problem[]
  /** Why the file as a whole was not understood. */
  readonly error: string | undefined
}

const isPreflight = ({ method, headers }: CapturedRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

function checkOne(request: CapturedRequest, path: string, checkRequest: CheckRequest): RequestResult {
  const { at, method, url, body, answer } = request
  const { operation, violations, suspicions, fields } = checkRequest(request, path)
  const ofAnswer = answer && operation ? checkAnswer(operation, answer, fields) : { violations: [] }
  return {
    at,
    method,
    url: truncate(url.split('?', 1)[0] ?? '', 200),
    operation,
    hasBody: body !== undefined,
    violations,
    suspicions,
    answer: answer && { status: answer.status, ...ofAnswer },
  }
}

/** Checks one file. */
function checkFile(file: string, bytes: Buffer, baseUrls: readonly string[], checkRequest: CheckRequest): FileResult {
  const nothing = { requests: [], skipped: { others: [], preflights: 0 }, notSent: [], unreadable: [] }
  try {
    const { kind, requests, notSent, ...rest } = readCapture(bytes)
    const unreadable = rest.unreadable.map(problemOf)
    const results: RequestResult[] = []
    const others: string[] = []
    let preflights = 0
    for (const request of requests) {
      const { path, other } = findTarget(request, baseUrls)
      if (other !== undefined) others.push(truncate(other, 60))
      // A browser asks in advance whether it may send; that is not a call.
      else if (isPreflight(request)) preflights++
      else results.push(checkOne(request, path, checkRequest))
    }
    return { file, kind, requests: results, skipped: { others, preflights }, notSent, unreadable, error: undefined }
  } catch (error) {
    if (error instanceof CaptureError) return { file, kind: undefined, ...nothing, error: error.message }
    throw error
  }
}

const hasViolation = ({ violations, answer }: RequestResult): boolean =>
  violations.length > 0 || (answer !== undefined && answer.violations.length > 0)

function printRequest(place: string, result: RequestResult, { line, paint }: Channel): void {
  const { method, url, hasBody, violations, suspicions, answer } = result
  let mark = suspicions.length > 0 ? paint('yellow', 'suspicious') : paint('green', 'ok')
  if (hasViolation(result)) mark = paint('red', 'off the contract')
  const status = answer ? ` -> ${answer.status}` : ''
  const note = hasBody ? '' : '  (its body is not in the capture)'
  const open = answer?.notJudged === undefined ? '' : `  (the body of its answer is not judged: ${answer.notJudged})`
  line(`${place}: ${mark}  ${escapeControls(`${method} ${url}`)}${status}${note}${open}`)
  for (const { message, keyword } of [...violations, ...(answer?.violations ?? [])]) {
    line(`  ${escapeControls(message)} (${keyword})`)
  }
  for (const suspicion of suspicions) {
    line(`  ${escapeControls(suspicionText(suspicion))} (${suspicion.name})`)
  }
}

/** How many hosts of skipped requests are named. */
const MAX_HOSTS = 5

function printFile({ file, kind, requests, skipped, notSent }: FileResult, channel: Channel): void {
  const name = escapeControls(file)
  const placeOf = (at: number) => (kind === 'har' ? `${name}: entry ${at}` : `${name}:${at}`)
  for (const result of requests) printRequest(placeOf(result.at), result, channel)
  for (const { at, reason } of notSent) {
    channel.line(`${placeOf(at)}: skipped, it got no answer (${escapeControls(truncate(reason, 100))})`)
  }
  const { others, preflights } = skipped
  if (preflights > 0) channel.line(`${name}: ${count(preflights, 'preflights of a browser')} skipped`)
  if (others.length > 0) {
    const hosts = [...new Set(others)]
    const more = hosts.length > MAX_HOSTS ? ` and ${hosts.length - MAX_HOSTS} more` : ''
    channel.line(
      `${name}: ${count(others.length, 'requests')} skipped, to other hosts (--base-url names a host of yours): ${escapeControls(hosts.slice(0, MAX_HOSTS).join(', '))}${more}`,
    )
  }
}

/** Prints what was not understood on standard error. */
function printUnreadable({ file, kind, unreadable, error }: FileResult, { stderr }: Output): void {
  const unit = kind === 'har' ? 'entry' : 'line'
  const reasons = unreadable.map((one) => problemText(one, unit))
  for (const reason of error === undefined ? reasons : [error]) {
    stderr.line(`${stderr.paint('red', 'error:')} ${escapeControls(`${file}: ${reason}`)}`)
  }
}

function readBaseUrls(args: Arguments): readonly string[] {
  const urls = args.values('base-url')
  if (urls.every((url) => URL.canParse(url) && /^https?:/.test(url))) return urls
  throw new UsageError('"--base-url" must be an absolute http or https URL')
}

interface Totals {
  readonly checked: number
  readonly offContract: number
  readonly suspicious: number
  readonly answersChecked: number
  /** Requests and whole files that were not understood. */
  readonly notRead: number
}

function totalsOf(files: readonly FileResult[]): Totals {
  const requests = files.flatMap((file) => file.requests)
  return {
    checked: requests.length,
    offContract: requests.filter(hasViolation).length,
    suspicious: requests.filter(({ suspicions }) => suspicions.length > 0).length,
    answersChecked: requests.filter(({ answer }) => answer).length,
    notRead: files.reduce((sum, { unreadable, error }) => sum + unreadable.length + (error === undefined ? 0 : 1), 0),
  }
}

interface ReportOptions {
  readonly isJson: boolean
  readonly areVerified: boolean
  readonly failsSuspicious: boolean
}

/** Prints the results. @returns the exit code */
function report(
  files: readonly FileResult[],
  { isJson, areVerified, failsSuspicious }: ReportOptions,
  output: Output,
): number {
  const { stdout, stderr, warn } = output
  const totals = totalsOf(files)
  const { checked, offContract, suspicious, answersChecked, notRead } = totals
  for (const file of files) printUnreadable(file, output)
  if (isJson) stdout.json({ ...totals, signaturesVerified: areVerified, files }, 2)
  else {
    for (const file of files) printFile(file, stdout)
    const answers = answersChecked > 0 ? `, ${count(answersChecked, 'answers')}` : ''
    const parts = [
      `${count(checked, 'requests')}${answers} checked`,
      `${offContract} off the contract`,
      ...(suspicious > 0 ? [`${suspicious} suspicious`] : []),
      ...(notRead > 0 ? [`${notRead} not read`] : []),
    ]
    if (checked > 0) stdout.line(parts.join(', '))
  }
  if (!areVerified && checked > 0) {
    warn('signatures were not verified: there is no RONGCLOUD_APP_SECRET or --app-secret-file')
  }
  if (checked === 0 && notRead === 0) stderr.line(`${TOOL}: there was no request to check`)
  if (offContract > 0 || (failsSuspicious && suspicious > 0)) return 1
  if (notRead > 0) return 2
  return checked === 0 ? 1 : 0
}

async function run(args: Arguments, output: Output, io: Io): Promise<number> {
  const { positionals } = args
  if (positionals.length === 0) throw new UsageError('"FILE" must be at least one capture, or - for standard input')
  const baseUrls = readBaseUrls(args)
  const appSecret = findAppSecret(args, output, io.env)
  const suspicious = suspiciousOptions(args, 'report')
  const checkRequest = withUsageErrors(args, () =>
    createRequestCheck({
      appKey: findAppKey(args, io.env),
      appKeyName: `the App Key of ${args.has('app-key') ? '--app-key' : APP_KEY_VARIABLE}`,
      appSecret,
      isStrict: args.has('strict'),
      allowUnknownTypes: args.has('allow-unknown-types'),
      ...suspicious,
    }),
  )
  const files: FileResult[] = []
  for (const file of positionals) files.push(checkFile(file, await readFileOrStdin(file, io), baseUrls, checkRequest))
  const failsSuspicious = suspicious.suspicious === 'fail'
  return report(files, { isJson: args.has('json'), areVerified: appSecret !== undefined, failsSuspicious }, output)
}

/** The command. */
export const command: Command = {
  usage: '[flags] FILE…',
  about:
    'Checks the requests of captures against the contract, and their answers where the capture has them. It reads HAR files, HTTP as text, .http files of editors, curl commands, the output of curl -v and --trace, and what send --dry-run prints; - is standard input. A request is to the API by its host or by its path; others are skipped and named. What it does not understand is reported, not checked. Without an App Secret, signatures are not verified. The rate limit is not checked.',
  flags: () => FLAGS,
  takesArguments: true,
  exits: [
    '0  every request and answer is on the contract',
    '1  one is not, or there was none to check; with --suspicious fail: one is suspicious',
    '2  wrong use of the command line, or a request or file that was not understood',
  ],
  examples: () => [
    `${TOOL} check traffic.har`,
    `${TOOL} check --json --strict captured/*.http`,
    `${TOOL} send --dry-run … | ${TOOL} check -`,
  ],
  run,
}
