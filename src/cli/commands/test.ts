/**
 * `test -- <command>`: runs any command against a mock, and judges its calls.
 *
 * @module
 */
import { mkdir, writeFile } from 'node:fs/promises'
import { dirname } from 'node:path'
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { MADE_UP } from '../defaults.js'
import { TOOL } from '../help.js'
import type { Io } from '../io.js'
import { junitOf } from '../junit.js'
import { MOCK_FLAGS, startMock } from '../mock-options.js'
import { type Output, plain } from '../output.js'
import { type Ended, runProgram } from '../run-command.js'
import { Tally } from '../tally.js'

const FLAGS: Flags = {
  junit: { value: 'FILE', about: 'Writes a JUnit report.' },
  json: { value: 'FILE', about: 'Writes the same as JSON.' },
  'min-calls': { value: 'N', about: 'Fails when fewer calls were made. Default 1.' },
  ...MOCK_FLAGS,
}

function tooFewOf({ total }: Tally, least: number): string | undefined {
  if (total >= least) return undefined
  if (total > 0) return `${total} ${total === 1 ? 'call was' : 'calls were'} made, and at least ${least} must be`
  return 'no call reached the mock; the command must send to RONGCLOUD_BASE_URL'
}

function print(tally: Tally, failures: readonly string[], { stderr }: Output): void {
  const rows = [...tally.byTarget].map(([name, times]) => `  ${times} x ${name}`)
  if (rows.length > 0) stderr.line(`${TOOL}: ${tally.total} called\n${rows.join('\n')}`)
  for (const failure of failures) {
    const [first = '', ...lines] = failure.trimEnd().split('\n').map(plain)
    stderr.line([stderr.paint('red', first), ...lines].join('\n'))
  }
  if (failures.length === 0 && tally.total > 0)
    stderr.line(stderr.paint('green', `${TOOL}: every call was on the contract`))
}

/** @returns whether the file was written */
async function writeReport(flag: string, args: Arguments, text: string, output: Output): Promise<boolean> {
  const path = args.text(flag)
  if (path === undefined) return true
  try {
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, output.withoutSecrets(text))
    return true
  } catch (error) {
    output.stderr.line(`${TOOL}: the file of --${flag} could not be written (${(error as NodeJS.ErrnoException).code})`)
    return false
  }
}

const misplaced = (isInFront: boolean): UsageError =>
  new UsageError(
    `"command" must stand behind "--": ${TOOL} test -- npm test. Received ${isInFront ? 'arguments in front of it' : 'nothing'}`,
  )

async function run(args: Arguments, output: Output, io: Io): Promise<number> {
  const { behind: argv = [] } = args
  if (!argv[0] || args.rest.length > 0) throw misplaced(args.rest.length > 0)
  const least = args.number('min-calls', 0, 1_000_000_000) ?? 1
  const tally = new Tally()
  const start = performance.now()
  const mock = await startMock(args, { ...MADE_UP, port: 0 }, (call) => tally.add(call))
  const env = {
    ...io.env,
    RONGCLOUD_BASE_URL: mock.server.url,
    RONGCLOUD_APP_KEY: MADE_UP.appKey,
    RONGCLOUD_APP_SECRET: MADE_UP.appSecret,
  }
  const ended = await runProgram(argv, env, io).finally(() => mock.server.close())
  const seconds = (performance.now() - start) / 1_000

  const tooFew = ended.failure ? `${plain(argv[0])} ${ended.failure}` : tooFewOf(tally, least)
  const report = mock.report()
  const hint =
    tally.rateLimited && !args.on('no-rate-limit') ? `${TOOL}: --no-rate-limit never refuses for it` : undefined
  const failures = [tooFew && `${TOOL}: ${tooFew}`, report, hint].filter((one) => one !== undefined)
  print(tally, failures, output)
  const code = ended.code || (failures.length > 0 ? 1 : 0)
  const facts = { tally, tooFew, report, code, ended }
  const written = [
    await writeReport('junit', args, junitOf({ calls: tally.listed, tooFew, seconds }), output),
    await writeReport('json', args, jsonOf(facts), output),
  ]
  return code || (written.includes(false) ? 1 : 0)
}

interface Facts {
  readonly tally: Tally
  readonly tooFew: string | undefined
  readonly report: string | undefined
  readonly code: number
  readonly ended: Ended
}

function jsonOf({ tally, tooFew, report, code, ended }: Facts): string {
  const silent = ended.failure ? 'not-started' : 'too-few-calls'
  const verdict = tally.off > 0 ? 'off-contract' : tooFew === undefined ? 'on-contract' : silent
  const { total, off, listed } = tally
  const command = { exitCode: ended.code, signal: ended.signal ?? null }
  const facts = { verdict, exitCode: code, command, total, offContract: off, tooFew, report, calls: listed }
  return `${JSON.stringify(facts, null, 2)}\n`
}

/** The command. */
export const command: Command = {
  usage: '[flags] -- <command> [arguments]',
  about:
    'Starts the mock on a free port, gives the command RONGCLOUD_BASE_URL, RONGCLOUD_APP_KEY and RONGCLOUD_APP_SECRET, and prints on standard error what it called and what was off the contract. Input, output and signals of the command pass through.',
  flags: () => FLAGS,
  rest: 'nothing: the command stands behind --',
  exits: [
    "the command's own code, where that is not 0",
    '0        every call was on the contract, and enough were made',
    '1        a call was off the contract, or too few were made',
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
