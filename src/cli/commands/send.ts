/**
 * `send`: one message through the client, or the request that it would send.
 *
 * @module
 */
import { type Client, createClient } from '../../client/client.js'
import { type ClientOptions, isRegion, REGIONS } from '../../client/options.js'
import { type OperationId, operationIds, operations, type Region } from '../../core/contract.js'
import { commandLine } from '../../core/contract-cli.js'
import type { RongCloudError } from '../../core/error.js'
import { MIN_SECRET_LENGTH } from '../../core/redact.js'
import { type Arguments, type Command, didYouMean, type Flags, UsageError } from '../args.js'
import type { WrittenRequest } from '../captures/capture.js'
import { writeCurl } from '../captures/curl.js'
import { writeHttp } from '../captures/http.js'
import { quoteForShell } from '../captures/shell-quote.js'
import { KEY_FLAGS, readVariable, requireKeys, withUsageErrors } from '../credentials.js'
import { TOOL } from '../help.js'
import { readStdin } from '../input.js'
import type { Env, Io } from '../io.js'
import {
  chosenOperation,
  fieldFlags,
  findOperation,
  pipedField,
  readFields,
  suggestMessageType,
} from '../operation-flags.js'
import { escapeControls, type Output, safeJson } from '../output.js'

const OWN_FLAGS: Flags = {
  operation: { value: 'ID', about: `One of ${operationIds.join(', ')}. Default: the first.` },
  region: { value: 'REGION', about: `Data centre of the app: ${REGIONS.join(', ')}.` },
  'base-url': { value: 'URL', about: 'Where to send to, in place of a region. Default: RONGCLOUD_BASE_URL.' },
  ...KEY_FLAGS,
  header: { value: "'NAME: VALUE'", list: true, about: 'A header of the request, such as X-Request-ID.' },
  'dry-run': { about: 'Sends nothing; prints the signed request, as HTTP and as curl.' },
  json: { about: 'Prints { "data" } or { "error" } as JSON; with --dry-run { "request", "http", "curl" }.' },
}
/** Flags of operations that send a message. */
const MESSAGE_FLAGS: Flags = {
  'allow-unknown-types': { about: 'Sends reserved message types that are newer than the contract.' },
}
const TAKEN_FLAGS: Flags = { ...OWN_FLAGS, ...MESSAGE_FLAGS, help: { about: '' } }

function flags(argv: readonly string[]): Flags {
  const operation = chosenOperation(argv)
  const ofFields = fieldFlags(operation, TAKEN_FLAGS)
  const ofMessages = operations[operation].message && MESSAGE_FLAGS
  return { ...Object.fromEntries(ofFields.map(({ name, flag }) => [name, flag])), ...ofMessages, ...OWN_FLAGS }
}

interface CallHeaders {
  readonly headers: Record<string, string>
  readonly requestId: string | undefined
}

function readHeaders(args: Arguments): CallHeaders {
  const pairs = args.values('header').map((line) => {
    const colon = line.indexOf(':')
    if (colon > 0) return [line.slice(0, colon).trim().toLowerCase(), line.slice(colon + 1).trim()] as const
    throw new UsageError(`"--header" must be 'Name: value'. Received text without a colon`)
  })
  const { 'x-request-id': requestId, ...headers } = Object.fromEntries(pairs)
  return { headers, requestId }
}

/** @throws UsageError for a region that the contract does not have */
function findRegion(source: string, name: string): Region {
  if (isRegion(name)) return name
  throw new UsageError(`${source} must be one of ${REGIONS.join(', ')}.${didYouMean(name, REGIONS)}`)
}

/** Where to send to: from the flags, else from the environment, where a base URL comes before a region. */
function readDestination(args: Arguments, env: Env): Pick<ClientOptions, 'region' | 'baseUrl'> {
  const region = args.value('region')
  const baseUrl = args.value('base-url')
  if (region !== undefined && baseUrl !== undefined) {
    throw new UsageError('Only one of "--region" and "--base-url" can be given. Received both')
  }
  if (region !== undefined) return { region: findRegion('"--region"', region) }
  const url = baseUrl ?? readVariable(env, 'RONGCLOUD_BASE_URL')
  if (url) return { baseUrl: url }
  const regionName = readVariable(env, 'RONGCLOUD_REGION')
  if (regionName !== undefined) return { region: findRegion('RONGCLOUD_REGION', regionName) }
  throw new UsageError(`"--region" (${REGIONS.join(', ')}) or "--base-url" must be given. Received neither`)
}

function printError(error: RongCloudError, hint: string, isJson: boolean, { stdout, stderr }: Output): number {
  if (isJson) stdout.json({ error })
  else {
    stderr.line(`${stderr.paint('red', 'error:')} ${escapeControls(error.message)}`)
    if (hint) stderr.line(escapeControls(hint))
    const request = error.requestId ? `, request ${escapeControls(error.requestId)}` : ''
    stderr.line(`kind ${error.kind}, processed: ${error.processed}${request}`)
  }
  return 1
}

function printRequest(request: WrittenRequest, isJson: boolean, { stdout }: Output): number {
  if (isJson) stdout.json({ request, http: writeHttp(request), curl: writeCurl(request) })
  else stdout.line(`### HTTP\n${writeHttp(request, '\n')}\n\n### curl\n${writeCurl(request)}`)
  return 0
}

/** The fields of the call: from flags, and the content from standard input when it is required and has no flag. */
async function callFields(args: Arguments, operation: OperationId, io: Io): Promise<Record<string, unknown>> {
  const all = fieldFlags(operation, TAKEN_FLAGS)
  const content = pipedField(operation)
  const missing = all.find(({ field, name }) => field === content && !args.has(name))
  const piped = missing && (await readStdin(io))
  return readFields(operation, all, args, missing && piped ? { [missing.field]: piped } : {})
}

/** Options for a client that sends nothing and passes the request to `write`. */
const dryRunOptions = (write: (request: WrittenRequest) => void): Pick<ClientOptions, 'retry' | 'fetch'> => ({
  retry: false,
  fetch: async (url, init) => {
    const { method = 'GET', headers, body } = init ?? {}
    // The client passes plain headers and a text as body.
    write({ method, url: String(url), headers: headers as Record<string, string>, body: (body as string) ?? '' })
    throw new Error('not sent')
  },
})

type Method = Client['safe'][OperationId]

async function run(args: Arguments, output: Output, io: Io): Promise<number> {
  const keys = requireKeys(args, output, io.env)
  const operation = findOperation(args.value('operation'))
  const destination = readDestination(args, io.env)
  const call = readHeaders(args)
  const isJson = args.has('json')
  const fields = await callFields(args, operation, io)
  const secretAsJson = JSON.stringify(keys.appSecret).slice(1, -1)
  if (keys.appSecret.length >= MIN_SECRET_LENGTH && JSON.stringify([fields, call]).includes(secretAsJson)) {
    throw new UsageError('The call must not hold the App Secret. Nothing was sent')
  }

  let written: WrittenRequest | undefined
  const dryRun = dryRunOptions((request) => {
    written = request
  })
  const allowUnknownTypes = args.has('allow-unknown-types')
  const options = { ...keys, ...destination, allowUnknownTypes, ...(args.has('dry-run') && dryRun) }
  const client = withUsageErrors(args, () => createClient(options))
  // The fields of the command line have no static type; the client checks them.
  const send = client.safe[operation] as (fields: unknown, options: object) => ReturnType<Method>
  const { data, error } = await send(fields, call)
  if (written) return printRequest(written, isJson, output)
  if (error) return printError(error, suggestMessageType(operation, fields, error.violations), isJson, output)
  if (isJson) output.stdout.json({ data })
  else output.stdout.line(`Sent.\n${safeJson(data, 2)}`)
  return 0
}

/** The flags of a call of an operation, with the examples of the spec. */
function exampleFlags(operation: OperationId): string {
  const { fields, headers } = commandLine[operation]
  const word = (text: string) => (/^[\w:.-]+$/.test(text) ? text : quoteForShell(text))
  const required = fieldFlags(operation, TAKEN_FLAGS).filter(({ field }) => fields[field]?.required)
  return [
    ...(operation === operationIds[0] ? [] : [`--operation ${operation}`]),
    ...required.flatMap(({ field, name }) => fields[field]?.example.map((value) => `--${name} ${word(value)}`) ?? []),
    ...headers.map((line) => `--header ${word(line)}`),
  ].join(' ')
}

function about(argv: readonly string[]): string {
  const operation = chosenOperation(argv)
  const sent = operations[operation].message ? 'one message' : `one call of ${operation}`
  return [
    `Sends ${sent} through the client, which checks and signs it.`,
    ...(pipedField(operation) === undefined ? [] : ['The content may come on standard input.']),
    'The App Secret comes from the environment or from a file.',
  ].join(' ')
}

/** The command. */
export const command: Command = {
  usage: '[flags]',
  about,
  flags,
  exits: ['0  sent, or printed', '1  refused by the contract or by the server, or no answer', '2  wrong use'],
  examples: (argv) => {
    const call = exampleFlags(chosenOperation(argv))
    return [
      `${TOOL} send --region ${REGIONS[0]} ${call}`,
      `${TOOL} send --dry-run --base-url http://127.0.0.1:8700 ${call}`,
    ]
  },
  run,
}
