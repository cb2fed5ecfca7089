/**
 * `check`: captured traffic against the contract, without running anything.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import type { Violation } from '../../core/error.js'
import { truncate } from '../../core/redact.js'
import { createSigner } from '../../core/signature.js'
import { createMockApi, type MockApi } from '../../mock/mock-api.js'
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { readHar } from '../captures/har.js'
import { readRawHttp } from '../captures/http.js'
import { type CapturedRequest, headersOf, type Place, placeOf, TrafficError } from '../captures/read.js'
import { APP_SECRET_FLAGS, appKeyOf, appSecretOf, asUsage } from '../credentials.js'
import { TOOL } from '../help.js'
import type { Env, Io } from '../io.js'
import { type Channel, type Output, plain } from '../output.js'

const FLAGS: Flags = {
  'app-key': { value: 'KEY', about: 'The App Key that the calls must have. Default: RONGCLOUD_APP_KEY, else any.' },
  ...APP_SECRET_FLAGS,
  strict: { about: 'Also holds the signed headers to the form that is documented, and nonces to be new.' },
  'allow-unknown-types': { about: 'Takes reserved message types that are newer than the contract.' },
  'base-url': {
    value: 'URL',
    list: true,
    about: "A base URL besides the vendor's hosts and this machine, for HAR files.",
  },
  json: { about: 'Prints the verdicts as JSON.' },
}

/** The verdict on one request. */
interface Verdict {
  readonly at: number
  readonly method: string
  readonly url: string
  readonly operation: string | undefined
  readonly violations: readonly Violation[]
}

/** The verdict on one file. */
interface FileVerdict {
  readonly file: string
  readonly kind: 'har' | 'http'
  readonly requests: readonly Verdict[]
  /** Requests that are not for the API: to other hosts, and to other paths of its hosts. */
  readonly skipped: { readonly host: number; readonly path: number }
}

const BYTE_ORDER_MARK = Buffer.from('\ufeff')

function readTraffic(file: string): { kind: 'har' | 'http'; requests: CapturedRequest[] } {
  let bytes: Buffer
  try {
    bytes = readFileSync(file)
  } catch (error) {
    throw new UsageError(`"${plain(file)}" must be a file that can be read (${(error as NodeJS.ErrnoException).code})`)
  }
  if (bytes.subarray(0, 3).equals(BYTE_ORDER_MARK)) bytes = bytes.subarray(3)
  const text = bytes.toString()
  try {
    if (/^\s*[{[]/.test(text)) return { kind: 'har', requests: readHar(text) }
    return { kind: 'http', requests: readRawHttp(bytes) }
  } catch (error) {
    throw error instanceof TrafficError ? new UsageError(`${plain(file)}: ${error.message}`) : error
  }
}

/** Judges requests by what is known of the caller. */
type Judge = (request: CapturedRequest, path: string) => Verdict

const SIGNED = /^(app-key|signature)$/

/** The judge that the arguments ask for. A wrong caller hides nothing: the rest of the request is judged all the same. */
async function createJudge(args: Arguments, output: Output, env: Env): Promise<{ judge: Judge; signatures: boolean }> {
  const appSecret = appSecretOf(args, output, env)
  const appKey = appKeyOf(args, env)
  const strict = args.on('strict')
  const plainly = { rateLimit: false, record: 1, allowUnknownTypes: args.on('allow-unknown-types') } as const
  // No clock: what was captured is old.
  const rules = { documentedFormat: strict, uniqueNonce: strict }
  const core = asUsage(() =>
    createMockApi({ ...plainly, appKey: appKey ?? false, appSecret: appSecret ?? false, strict: rules }),
  )
  const lenient = createMockApi({ ...plainly, appKey: false, appSecret: false })
  // Headers of somebody who is not to be judged.
  const anybody = headersOf(Object.entries(await createSigner({ appKey: 'anybody', appSecret: 'unjudged' })()))
  const answered = (api: MockApi, request: Parameters<MockApi['handle']>[0]) => {
    api.handle(request)
    return api.calls.at(-1)
  }
  const judge: Judge = ({ at, method, url, headers, body, violation }, path) => {
    const call = answered(core, { method, path, headers, body })
    const found = call?.violations ?? []
    const ofCaller = found.length > 0 && found.every(({ keyword }) => SIGNED.test(keyword))
    const request = { method, path, headers: { ...headers, ...anybody }, body }
    const others = ofCaller ? (answered(lenient, request)?.violations ?? []) : []
    const violations = violation ? [violation] : [...found, ...others]
    return { at, method, url: truncate(url.split('?', 1)[0] ?? '', 200), operation: call?.operation, violations }
  }
  return { judge, signatures: appSecret !== undefined }
}

/** Raw HTTP was written down for this purpose, so all of it is judged. */
const pathIn = (url: string): Place => {
  const { pathname, search } = url.startsWith('/') || !URL.canParse(url) ? { pathname: url, search: '' } : new URL(url)
  return { path: pathname + search }
}

const isPreflight = ({ method, headers }: CapturedRequest): boolean =>
  method === 'OPTIONS' && headers['access-control-request-method'] !== undefined

function judgeFile(judge: Judge, file: string, bases: readonly string[]): FileVerdict {
  const { kind, requests } = readTraffic(file)
  const verdicts: Verdict[] = []
  const skipped = { host: 0, path: 0 }
  for (const request of requests) {
    const place = kind === 'har' ? placeOf(request.url, bases) : pathIn(request.url)
    // A browser asks first whether it may; that is no call.
    if (kind === 'har' && isPreflight(request)) skipped.path++
    else if (place.skipped) skipped[place.skipped]++
    else verdicts.push(judge(request, place.path))
  }
  return { file, kind, requests: verdicts, skipped }
}

const counted = (number: number, word: string) => `${number} ${word}${number === 1 ? '' : 's'}`

function printFile({ file, kind, requests, skipped }: FileVerdict, { line, paint }: Channel): void {
  for (const { at, method, url, violations } of requests) {
    const place = plain(kind === 'har' ? `${file}: entry ${at}` : `${file}:${at}`)
    const target = plain(`${method} ${url}`)
    if (violations.length === 0) line(`${place}: ${paint('green', 'ok')}  ${target}`)
    else line(`${place}: ${paint('red', 'off the contract')}  ${target}`)
    for (const { message, keyword } of violations) line(`  ${plain(message)} (${keyword})`)
  }
  const { host, path } = skipped
  if (host + path > 0) {
    line(`${plain(file)}: ${counted(host + path, 'request')} skipped: ${host} to other hosts, ${path} to other paths`)
  }
}

function basesOf(args: Arguments): readonly string[] {
  const bases = args.list('base-url')
  if (bases.every((url) => URL.canParse(url) && /^https?:/.test(url))) return bases
  throw new UsageError('"--base-url" must be an absolute http or https URL. Received something else')
}

async function run(args: Arguments, output: Output, { env }: Io): Promise<number> {
  if (args.rest.length === 0) throw new UsageError('"FILE" must be at least one HAR or HTTP file. Received none')
  const bases = basesOf(args)
  const { judge, signatures } = await createJudge(args, output, env)
  const files = args.rest.map((file) => judgeFile(judge, file, bases))
  const requests = files.flatMap((file) => file.requests)
  const off = requests.filter(({ violations }) => violations.length > 0).length
  if (args.on('json')) {
    const total = { judged: requests.length, offContract: off, signaturesJudged: signatures }
    output.stdout.line(JSON.stringify({ ...total, files }, null, 2))
  } else {
    for (const file of files) printFile(file, output.stdout)
    output.stdout.line(`${counted(requests.length, 'request')} judged, ${off} off the contract`)
  }
  if (!signatures) {
    output.warn('signatures were not judged: there is no RONGCLOUD_APP_SECRET or --app-secret-file')
  }
  if (requests.length === 0) output.stderr.line(`${TOOL}: there was no request to judge`)
  return off > 0 || requests.length === 0 ? 1 : 0
}

/** The command. */
export const command: Command = {
  usage: '[flags] FILE…',
  about:
    'Judges the requests in HAR files and in raw HTTP (.http, several requests with ### between them) against the contract. Of a HAR file, what goes to other hosts or paths is skipped and counted. Without an App Secret the signatures are left unjudged, though not their headers. The rate limit is not judged.',
  flags: () => FLAGS,
  exits: [
    '0  every request is on the contract',
    '1  one is not, or there was none to judge',
    '2  wrong use of the command line, or a file that cannot be read',
  ],
  examples: () => [`${TOOL} check traffic.har`, `${TOOL} check --json --strict captured/*.http`],
  rest: 'FILE',
  run,
}
