/**
 * `probe`: asks a server whether the contract is true, by calls that are refused on purpose.
 *
 * @module
 */
import { appendFile, mkdir } from 'node:fs/promises'
import { dirname } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { REGIONS } from '../../client/options.js'
import { type OperationId, operationIds, servers } from '../../core/contract.js'
import { commandLine, probeTables } from '../../core/contract-cli.js'
import { type Arguments, type Command, didYouMean, type Flags, UsageError } from '../args.js'
import { KEY_FLAGS, requireKeys } from '../credentials.js'
import { TOOL } from '../help.js'
import { readFileOrStdin } from '../input.js'
import type { Io } from '../io.js'
import { isLoopback } from '../loopback.js'
import { writeReport } from '../mock-options.js'
import { chosenOperation, fieldFlags, findOperation } from '../operation-flags.js'
import type { Output } from '../output.js'
import { planOf } from '../probe/plan.js'
import { randomBelow } from '../probe/random.js'
import { announce, assumptionCount, planText, reportJson, reportText } from '../probe/report.js'
import { runProbe } from '../probe/run.js'
import { MAX_REQUESTS } from '../probe/sender.js'
import { type Baseline, exitCodeOf, readBaseline, summarize } from '../probe/summary.js'
import { baseOf, bodyOf } from '../probe/vectors.js'

/** For one answer. */
const TIMEOUT_MS = 10_000

const OWN_FLAGS: Flags = {
  operation: { value: 'ID', about: `One of ${operationIds.join(', ')}. Default: the first.` },
  region: { value: 'REGION', about: `Data centre of the app: ${REGIONS.join(', ')}.` },
  'base-url': { value: 'URL', about: 'Where to send to, in place of a region: https, or http on this machine.' },
  ...KEY_FLAGS,
  'dry-run': { about: 'Sends nothing and needs no keys; prints what would be sent.' },
  yes: { about: 'Sends without asking first; needed where there is no terminal.' },
  json: { value: 'FILE', about: 'Also writes the result as JSON, by the schema probe.schema.json of this package.' },
  baseline: {
    value: 'FILE',
    about: 'An earlier JSON result: a contradiction that it already has is not new and does not end with 1.',
  },
}
const TAKEN_FLAGS: Flags = { ...OWN_FLAGS, help: { about: '' } }

/** The flags of the ids that a right call of the operation holds. */
function idFlags(operation: OperationId) {
  const base = baseOf(operation)
  const present = new Set(base ? new URLSearchParams(bodyOf(base)).keys() : [])
  return fieldFlags(operation, TAKEN_FLAGS).filter(
    ({ field }) => present.has(field) && probeTables[operation].ids.includes(field),
  )
}

function flags(argv: readonly string[]): Flags {
  const operation = chosenOperation(argv)
  const ids = idFlags(operation).map(({ name, flag }) => {
    const about = `Also sends calls that are right, with this ${flag.alias} of your own and no other.`
    const { list: _, ...rest } = flag
    return [name, { ...rest, about }] as const
  })
  return { ...Object.fromEntries(ids), ...OWN_FLAGS }
}

/** The user's own ids by field; undefined when none is given. */
function readIds(args: Arguments, operation: OperationId): Record<string, readonly string[]> | undefined {
  const all = idFlags(operation)
  const given = all.filter(({ name }) => args.has(name))
  if (given.length === 0) return undefined
  const missing = all.find(({ name }) => !args.has(name))
  if (missing) {
    const names = all.map(({ name }) => `"--${name}"`).join(' and ')
    throw new UsageError(`${names} must be given together. "--${missing.name}" is missing`)
  }
  const empty = all.find(({ name }) => args.value(name) === '')
  if (empty) throw new UsageError(`"--${empty.name}" must not be empty`)
  return Object.fromEntries(all.map(({ field, name }) => [field, [args.value(name) ?? '']]))
}

/** Where to send to. @throws UsageError for a host that the contract does not have, and for http to another machine */
function readHost(args: Arguments): string {
  const region = args.value('region')
  const baseUrl = args.value('base-url')
  if ((region === undefined) === (baseUrl === undefined)) {
    const received = region === undefined ? 'neither' : 'both'
    throw new UsageError(`"--region" (${REGIONS.join(', ')}) or "--base-url" must be given. Received ${received}`)
  }
  if (region !== undefined) {
    const server = servers.find((one) => one.region === region && !one.backup)
    if (server) return server.url
    throw new UsageError(`"--region" must be one of ${REGIONS.join(', ')}.${didYouMean(region, REGIONS)}`)
  }
  const url = URL.canParse(baseUrl ?? '') ? new URL(baseUrl ?? '') : undefined
  const isPlain = url !== undefined && !url.search && !url.hash && !url.username && !url.password
  const isSafe = url?.protocol === 'https:' || (url?.protocol === 'http:' && isLoopback(url.hostname))
  if (url && isPlain && isSafe) return url.href.replace(/\/+$/, '')
  throw new UsageError(
    '"--base-url" must be an https URL without query, hash or credentials; http is for this machine alone (127.0.0.1)',
  )
}

/** @throws UsageError for a file that is no result of a probe */
async function readBaselineFile(args: Arguments, io: Io): Promise<Baseline | undefined> {
  const file = args.value('baseline')
  if (file === undefined) return undefined
  const text = (await readFileOrStdin(file, io)).toString('utf8')
  let baseline: Baseline | undefined
  try {
    baseline = readBaseline(JSON.parse(text))
  } catch {
    baseline = undefined
  }
  if (baseline) return baseline
  throw new UsageError('"--baseline" must be a JSON result of an earlier probe')
}

/** Asks before anything is sent. @throws UsageError where nobody can be asked */
async function isWanted(args: Arguments, { stderr }: Output, io: Io): Promise<boolean> {
  if (args.has('yes')) return true
  if (!io.stdin.isTTY) {
    throw new UsageError('"--yes" must be given where there is no terminal to ask on. Nothing was sent')
  }
  stderr.line('\nSend these calls? Type yes and press Enter; anything else sends nothing.')
  for await (const chunk of io.stdin) return /^\s*y(es)?\s*$/i.test(Buffer.from(chunk).toString())
  return false
}

/** Finds out before the first call whether the result can be written. @throws UsageError when it cannot */
async function tryResultFile(args: Arguments): Promise<void> {
  const file = args.value('json')
  if (file === undefined) return
  try {
    await mkdir(dirname(file), { recursive: true })
    await appendFile(file, '')
  } catch (error) {
    // `fs` throws errors with a code.
    const { code } = error as NodeJS.ErrnoException
    throw new UsageError(`"--json" must be a file that can be written (${code}). Nothing was sent`)
  }
}

async function run(args: Arguments, output: Output, io: Io): Promise<number> {
  const operation = findOperation(args.value('operation'))
  const ids = readIds(args, operation)
  const plan = planOf(operation, ids !== undefined)
  const { stdout, stderr } = output
  if (args.has('dry-run')) {
    const useless = ['json', 'baseline'].find((flag) => args.has(flag))
    if (useless) throw new UsageError(`"--${useless}" cannot be given with "--dry-run", which has no result`)
    const host = args.has('region') || args.has('base-url') ? readHost(args) : 'the host that you name'
    stdout.line(announce({ plan, host, appKey: undefined, ids }))
    stdout.line(`\n${planText(plan)}\n\nNothing was sent.`)
    return 0
  }
  const baseUrl = readHost(args)
  const keys = requireKeys(args, output, io.env)
  const baseline = await readBaselineFile(args, io)
  const host = new URL(baseUrl).host
  stderr.line(announce({ plan, host: baseUrl, appKey: keys.appKey, ids }))
  if (!(await isWanted(args, output, io))) {
    stderr.line('Nothing was sent.')
    return 3
  }
  await tryResultFile(args)
  let interrupted = false
  const remove = io.onSignal('SIGINT', () => {
    interrupted = true
  })
  const at = Date.now()
  const result = await runProbe(plan, {
    operation,
    baseUrl,
    keys,
    ids,
    fetch: globalThis.fetch,
    now: Date.now,
    sleep,
    random: randomBelow,
    timeout: TIMEOUT_MS,
    isInterrupted: () => interrupted,
    onProgress: (done) => {
      if (done % 10 === 0) stderr.line(`${done} calls sent …`)
    },
  }).finally(remove)
  const summary = summarize(result, baseline)
  stdout.line(reportText(result, summary))
  const json = reportJson(result, summary, { host, appKey: keys.appKey, at })
  const isWritten = await writeReport('json', args, json, output)
  return isWritten ? exitCodeOf(result, summary) : 3
}

/** The command. */
export const command: Command = {
  usage: '--region REGION | --base-url URL [flags]',
  about: `Asks the vendor's server whether the contract is true; ${assumptionCount} of its claims are not confirmed. It sends at most ${MAX_REQUESTS} calls, one a second, each wrong on purpose and with random ids, so that the server refuses them and they reach no user. They share the rate limit of your live app. It tells you what it is about to do and asks before it sends anything; --dry-run shows all of it without keys. The App Secret signs the calls and is never sent. With ids of your own it also sends calls that are right, to these alone: use a group made for tests.`,
  flags,
  exits: [
    '0  nothing new: no contradiction in what was asked, or only those of the baseline',
    '1  the server contradicts the contract, twice in the same way, and the baseline does not say so',
    '2  wrong use; nothing was sent',
    '3  inconclusive: no useful answer, wrong keys, a used-up limit, you said no, --json not written',
  ],
  examples: (argv) => {
    const operation = chosenOperation(argv)
    const ids = idFlags(operation).map(({ field, name }) => {
      const [example = 'ID'] = commandLine[operation].fields[field]?.example ?? []
      return `--${name} ${/^[\w-]+$/.test(example) ? example : 'ID'}`
    })
    const named = operation === operationIds[0] ? '' : ` --operation ${operation}`
    return [
      `${TOOL} probe --dry-run${named}`,
      `${TOOL} probe --region ${REGIONS[0] ?? 'REGION'}${named} --json probe.json`,
      `${TOOL} probe --region ${REGIONS[0] ?? 'REGION'}${named} --yes --baseline probe.json`,
      ...(ids.length > 0 ? [`${TOOL} probe --region ${REGIONS[0] ?? 'REGION'}${named} ${ids.join(' ')}`] : []),
    ]
  },
  run: async (args, output, io) => {
    try {
      return await run(args, output, io)
    } catch (error) {
      if (error instanceof UsageError) throw error
      // Not 1, which says that the server contradicts the contract.
      output.stderr.line(error instanceof Error ? (error.stack ?? error.message) : String(error))
      return 3
    }
  },
}
