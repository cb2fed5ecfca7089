/**
 * `test -- <command>`: runs any command against a mock, and checks its calls.
 *
 * @module
 */
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { MADE_UP } from '../defaults.js'
import { TOOL } from '../help.js'
import type { Env, Io } from '../io.js'
import { unmetCases, writeJunit } from '../junit.js'
import {
  CallSummary,
  MOCK_FLAGS,
  printReport,
  startMock,
  suspiciousFlags,
  suspiciousOptions,
  writeReport,
} from '../mock-options.js'
import { escapeControls, type Output } from '../output.js'
import { type Ended, runProgram } from '../run-command.js'

const FLAGS: Flags = {
  junit: { value: 'FILE', about: 'Writes a JUnit report.' },
  json: { value: 'FILE', about: 'Writes the same as JSON.' },
  'min-calls': { value: 'N', about: 'Fails when fewer calls were made. Default 1.' },
  ...MOCK_FLAGS,
  ...suspiciousFlags('fail'),
}

const LOCAL_HOSTS = ['127.0.0.1', 'localhost']

/** The environment of the command: it finds the mock, and no proxy or region of the user gets in between. */
function commandEnv(env: Env, url: string): Env {
  const { RONGCLOUD_REGION: _, ...rest } = env
  const existing = env['no_proxy'] || env['NO_PROXY']
  const noProxy = [...(existing ? [existing] : []), ...LOCAL_HOSTS].join(',')
  return {
    ...rest,
    NO_PROXY: noProxy,
    no_proxy: noProxy,
    RONGCLOUD_BASE_URL: url,
    RONGCLOUD_APP_KEY: MADE_UP.appKey,
    RONGCLOUD_APP_SECRET: MADE_UP.appSecret,
  }
}

/** Variables of the environment that send the calls of most programs to a proxy. */
const PROXY = /^(https?|all)_proxy$/i

/** How a command ended that failed, in words; empty for one that did not. */
function failureText({ code, signal }: Ended): string {
  if (signal) return `, and the command was ended by ${signal}`
  return code === 0 ? '' : `, and the command ended with code ${code}`
}

/** Why there were too few calls; undefined when there were enough. */
function tooFewCalls({ total }: CallSummary, min: number, env: Env, ended: Ended): string | undefined {
  if (total >= min) return undefined
  if (total > 0) return `${total} ${total === 1 ? 'call was' : 'calls were'} made, and at least ${min} must be`
  const proxy = Object.keys(env).find((name) => PROXY.test(name) && env[name])
  const hint = proxy ? `; ${proxy} is set, and a program that ignores NO_PROXY sends its calls there` : ''
  return `no call reached the mock${failureText(ended)}; the command must send to RONGCLOUD_BASE_URL${hint}`
}

function printSummary(summary: CallSummary, failures: readonly string[], isReported: boolean, output: Output): void {
  const { stderr } = output
  const rows = [...summary.byTarget].map(([name, times]) => `  ${times} x ${name}`)
  if (rows.length > 0) stderr.line(`${TOOL}: ${summary.total} called\n${rows.join('\n')}`)
  for (const line of summary.reached.lines) stderr.line(escapeControls(`  reached ${line}`))
  if (isReported && summary.suspicious > 0) {
    stderr.line(stderr.paint('yellow', `${TOOL}: ${summary.suspicious} of ${summary.total} calls suspicious`))
    for (const line of summary.suspicions) stderr.line(escapeControls(`  ${line}`))
  }
  for (const failure of failures) printReport(failure, output)
  if (failures.length === 0 && summary.total > 0) {
    stderr.line(stderr.paint('green', `${TOOL}: every call was on the contract`))
  }
}

async function run(args: Arguments, output: Output, io: Io): Promise<number> {
  const { afterDashes: argv = [], positionals } = args
  if (!argv[0] || positionals.length > 0) {
    const received = positionals.length > 0 ? 'arguments in front of it' : 'nothing'
    throw new UsageError(`"command" must follow "--": ${TOOL} test -- npm test. Received ${received}`)
  }
  const min = args.number('min-calls', 0, 1_000_000_000) ?? 1
  const summary = new CallSummary()
  const start = performance.now()
  const mock = await startMock(
    args,
    { ...MADE_UP, port: 0 },
    'fail',
    (call) => summary.add(call),
    (call) => summary.expect(call),
  )
  const ended = await runProgram(argv, commandEnv(io.env, mock.server.url), io).finally(() => mock.server.close())
  const seconds = (performance.now() - start) / 1_000

  const tooFew = ended.failure
    ? `${escapeControls(argv[0])} ${ended.failure}`
    : tooFewCalls(summary, min, io.env, ended)
  const report = mock.report()
  const failures = [tooFew && `${TOOL}: ${tooFew}`, report].filter((one) => one !== undefined)
  const { suspicious } = suspiciousOptions(args, 'fail')
  printSummary(summary, failures, suspicious === 'report', output)
  if (summary.rateLimited > 0) output.stderr.line(`${TOOL}: --no-rate-limit turns the limit off`)
  const code = ended.code || (failures.length > 0 ? 1 : 0)
  const extraCases = [{ name: 'enough calls were made', failure: tooFew }, ...unmetCases(mock.unmet())]
  const written = [
    await writeReport(
      'junit',
      args,
      writeJunit({ calls: summary.listed, extraCases, seconds, failsSuspicious: suspicious === 'fail' }),
      output,
    ),
    await writeReport(
      'json',
      args,
      writeJson({ summary, tooFew, report, code, ended, failsSuspicious: suspicious === 'fail' }),
      output,
    ),
  ]
  return code || (written.includes(false) ? 1 : 0)
}

interface Result {
  readonly summary: CallSummary
  readonly tooFew: string | undefined
  readonly report: string | undefined
  readonly code: number
  readonly ended: Ended
  readonly failsSuspicious: boolean
}

function resultName({ summary, tooFew, ended, failsSuspicious, report }: Result): string {
  if (summary.violating > 0) return 'off-contract'
  if (failsSuspicious && summary.suspicious > 0) return 'suspicious'
  if (tooFew === undefined) return report === undefined ? 'on-contract' : 'unmet'
  return ended.failure ? 'not-started' : 'too-few-calls'
}

function writeJson(result: Result): string {
  const { summary, tooFew, report, code, ended } = result
  const facts = {
    result: resultName(result),
    exitCode: code,
    command: { exitCode: ended.code, signal: ended.signal ?? null },
    total: summary.total,
    offContract: summary.violating,
    suspicious: summary.suspicious,
    tooFew,
    report,
    calls: summary.listed,
  }
  return `${JSON.stringify(facts, null, 2)}\n`
}

/** The command. */
export const command: Command = {
  usage: '[flags] -- <command> [arguments]',
  about:
    'Starts the mock on a free port, gives the command RONGCLOUD_BASE_URL, RONGCLOUD_APP_KEY and RONGCLOUD_APP_SECRET, and prints on standard error what it called and what was off the contract. For the command, RONGCLOUD_REGION is removed and NO_PROXY includes this machine. Input, output and signals pass through.',
  flags: () => FLAGS,
  takesArguments: true,
  takesCommand: true,
  exits: [
    "the command's own code, where that is not 0",
    '0        every call was on the contract, and enough were made',
    '1        a call was off the contract or suspicious, or too few were made',
    '2        wrong use of the command line',
    '126, 127 the command cannot be started, cannot be found',
    '128 + n  the command was ended by the signal n',
  ],
  examples: () => [
    `${TOOL} test -- npm test`,
    `${TOOL} test --junit contract.xml -- python3 -m unittest`,
    `${TOOL} test --min-calls 2 --strict -- ./send.sh`,
  ],
  run,
}
