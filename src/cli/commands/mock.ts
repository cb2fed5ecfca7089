/**
 * `mock`: the mock as a server, until a signal ends it.
 *
 * @module
 */
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { findAppKey, findAppSecret, KEY_FLAGS } from '../credentials.js'
import { MADE_UP, PORT } from '../defaults.js'
import { TOOL } from '../help.js'
import type { Io } from '../io.js'
import { unmetCases, writeJunit } from '../junit.js'
import { isLoopback } from '../loopback.js'
import {
  CallSummary,
  callLine,
  MOCK_FLAGS,
  type Mock,
  printReport,
  startMock,
  suspiciousFlags,
  suspiciousOptions,
  writeReport,
} from '../mock-options.js'
import type { Output } from '../output.js'

const FLAGS: Flags = {
  port: { value: 'PORT', about: `Port; 0 takes a free one. Default ${PORT}.` },
  host: { value: 'HOST', about: 'Address to listen on. Default 127.0.0.1: only this machine.' },
  ...MOCK_FLAGS,
  ...suspiciousFlags('report'),
  ...KEY_FLAGS,
  json: { about: 'Prints a line of JSON for the start and for each call.' },
  junit: { value: 'FILE', about: 'Writes a JUnit report of all calls at the end.' },
  'fail-on-violation': {
    about:
      'Prints a report and ends with 1 when a call was off the contract, or when something that was set or expected did not happen.',
  },
}

/** Prints for people what `--json` prints for programs. */
function printStart({ server }: Mock, appKey: string, hasOwnSecret: boolean, { stdout }: Output): void {
  const secret = hasOwnSecret ? '(yours, not printed)' : `${MADE_UP.appSecret} (made up for the mock, so no secret)`
  stdout.line(`Mock at      ${stdout.paint('bold', server.url)}\nApp Key      ${appKey}\nApp Secret   ${secret}`)
}

/** Why the server could not listen: a UsageError when a flag is wrong, else the error as it is. */
function listenError(error: unknown, port: number, host: string): unknown {
  // Errors of the system have a code.
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new UsageError(`Port ${port} is taken; choose another --port, or 0 for a free one`)
  if (code === 'EACCES') return new UsageError(`"--port" must be one that you may listen on. Received ${port}`)
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL' || code === 'EAI_AGAIN') {
    return new UsageError(`"--host" must be an address of this machine. Received ${JSON.stringify(host)}`)
  }
  return error
}

const ENDING = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** Resolves at the first of the signals. Each is caught once: a second one ends the process. */
const firstSignal = (onSignal: Io['onSignal']): Promise<void> =>
  new Promise((resolve) => {
    for (const signal of ENDING) {
      const remove = onSignal(signal, () => {
        remove()
        resolve()
      })
    }
  })

async function run(args: Arguments, output: Output, { env, onSignal }: Io): Promise<number> {
  const { stdout, warn } = output
  const ownSecret = findAppSecret(args, output, env)
  const appKey = findAppKey(args, env) ?? MADE_UP.appKey
  const appSecret = ownSecret ?? MADE_UP.appSecret
  const host = args.value('host') ?? '127.0.0.1'
  if (host === '') throw new UsageError('"--host" must be an address or a name. Received an empty one')
  const port = args.number('port', 0, 65_535) ?? PORT
  if (!isLoopback(host)) warn(`${host} lets other machines in; whoever reaches it can read and control the mock`)

  const isJson = args.has('json')
  const summary = new CallSummary()
  const start = performance.now()
  const ended = firstSignal(onSignal)
  const mock = await startMock(
    args,
    { appKey, appSecret, host, port },
    'report',
    (call) => {
      summary.add(call)
      const { operation, at, method, path, body, status, violations, suspicions } = call
      if (isJson) stdout.json({ event: 'call', operation, at, method, path, body, status, violations, suspicions })
      else stdout.line(callLine(call, stdout))
    },
    (call) => summary.expect(call),
  ).catch((error: unknown) => {
    throw listenError(error, port, host)
  })
  const publicSecret = ownSecret === undefined ? { appSecret } : {}
  if (isJson) stdout.json({ event: 'listening', url: mock.server.url, appKey, ...publicSecret })
  else printStart(mock, appKey, ownSecret !== undefined, output)
  await ended
  await mock.server.close()
  // Finds out which violations were expected, too, so the summary is complete only now.
  const report = mock.report()

  const seconds = (performance.now() - start) / 1_000
  const failsSuspicious = suspiciousOptions(args, 'report').suspicious === 'fail'
  const isWritten = await writeReport(
    'junit',
    args,
    writeJunit({
      calls: summary.listed,
      extraCases: unmetCases(mock.unmet()),
      seconds,
      failsSuspicious,
    }),
    output,
  )
  const fails = args.has('fail-on-violation') && report !== undefined
  if (fails) printReport(report, output)
  return fails || !isWritten ? 1 : 0
}

/** The command. */
export const command: Command = {
  usage: '[flags]',
  about:
    "Runs the mock of the API until SIGINT, SIGTERM or SIGHUP. It checks each call against the contract, answers in the vendor's words, and prints one line per call. Without keys it uses made-up ones, which it prints; an App Secret of yours is never printed.",
  flags: () => FLAGS,
  exits: [
    '0  ended by a signal',
    '1  with --fail-on-violation: what the report says; or the file of --junit could not be written',
    '2  wrong use of the command line, or a port that cannot be used',
  ],
  examples: () => [
    `${TOOL} mock`,
    `${TOOL} mock --port 0 --strict --json`,
    `${TOOL} mock --junit contract.xml --fail-on-violation`,
    `${TOOL} mock --fault hang,2 --delay 300`,
    `RONGCLOUD_APP_KEY=key RONGCLOUD_APP_SECRET=secret ${TOOL} mock --no-rate-limit`,
  ],
  run,
}
