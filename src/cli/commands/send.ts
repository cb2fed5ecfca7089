/**
 * `send`: one message by the client, or the request that it would send.
 *
 * @module
 */
import { type Client, createClient } from '../../client/client.js'
import type { ClientOptions } from '../../client/options.js'
import { commandLine, type OperationId, operationIds, type Region, servers } from '../../core/contract.js'
import type { RongCloudError } from '../../core/error.js'
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { curlOf, httpOf, quoted, type WrittenRequest } from '../captures/curl.js'
import { asUsage, KEY_FLAGS, requiredKeys } from '../credentials.js'
import { TOOL } from '../help.js'
import type { Env, Io } from '../io.js'
import { contentField, fieldFlags, fieldsOf } from '../operation-flags.js'
import { type Output, plain } from '../output.js'
import { readStdin } from '../stdin.js'

const REGIONS = [...new Set(servers.flatMap(({ region }) => region ?? []))]

const OWN: Flags = {
  operation: { value: 'ID', about: `One of ${operationIds.join(', ')}. Default: the first.` },
  region: { value: 'REGION', about: `Data centre of the app: ${REGIONS.join(', ')}.` },
  'base-url': { value: 'URL', about: 'Where to send to, in place of a region. Default: RONGCLOUD_BASE_URL.' },
  ...KEY_FLAGS,
  header: { value: "'NAME: VALUE'", list: true, about: 'A header of the request, such as X-Request-ID.' },
  'allow-unknown-types': { about: 'Sends reserved message types that are newer than the contract.' },
  'dry-run': { about: 'Sends nothing; prints the signed request, as HTTP and as curl.' },
  json: { about: 'Prints { "data" } or { "error" } as JSON.' },
}
const TAKEN: Flags = { ...OWN, help: { about: '' } }

/** @throws UsageError for an operation that the contract does not have */
function operationOf(name: string | undefined): OperationId {
  const found = name === undefined ? operationIds[0] : operationIds.find((id) => id === name)
  if (found) return found
  throw new UsageError(`"--operation" must be one of ${operationIds.join(', ')}. Received another one`)
}

/** The operation's name before the flags are read, for they depend on it. */
function namedIn(argv: readonly string[]): string | undefined {
  const at = argv.findIndex((arg) => /^--operation(=|$)/.test(arg))
  return at < 0 ? undefined : argv[at]?.includes('=') ? argv[at].slice('--operation='.length) : argv[at + 1]
}

function flags(argv: readonly string[]): Flags {
  const own = fieldFlags(operationOf(namedIn(argv)), TAKEN)
  return { ...Object.fromEntries(own.map(({ name, flag }) => [name, flag])), ...OWN }
}

function headersOf(args: Arguments): { headers: Record<string, string>; requestId: string | undefined } {
  const pairs = args.list('header').map((line) => {
    const cut = line.indexOf(':')
    if (cut > 0) return [line.slice(0, cut).trim().toLowerCase(), line.slice(cut + 1).trim()] as const
    throw new UsageError(`"--header" must be 'Name: value'. Received something without a colon`)
  })
  const { 'x-request-id': requestId, ...headers } = Object.fromEntries(pairs)
  return { headers, requestId }
}

function placeOf(args: Arguments, env: Env): { region: Region } | { baseUrl: string } | Record<string, never> {
  const [region, baseUrl] = [args.text('region'), args.text('base-url')]
  if (region !== undefined && baseUrl !== undefined) {
    throw new UsageError('"--region" or "--base-url" must be there, and only one of them. Received both')
  }
  // The client refuses a region that is none.
  if (region !== undefined) return { region: region as Region }
  const url = baseUrl ?? env['RONGCLOUD_BASE_URL']
  if (url) return { baseUrl: url }
  throw new UsageError(`"--region" (${REGIONS.join(', ')}) or "--base-url" must be there. Received neither`)
}

function printError(error: RongCloudError, json: boolean, { stdout, stderr }: Output): number {
  if (json) stdout.line(JSON.stringify({ error }))
  else {
    stderr.line(`${stderr.paint('red', 'error:')} ${plain(error.message)}`)
    stderr.line(
      `kind ${error.kind}, processed: ${error.processed}${error.requestId ? `, request ${error.requestId}` : ''}`,
    )
  }
  return 1
}

function printRequest(request: WrittenRequest, json: boolean, { stdout }: Output): number {
  if (json) stdout.line(JSON.stringify({ request, http: httpOf(request), curl: curlOf(request) }))
  else stdout.line(`### HTTP\n${httpOf(request, '\n')}\n\n### curl\n${curlOf(request)}`)
  return 0
}

type Method = Client['safe'][OperationId]

/** The fields of the call: from flags, and the content from standard input where it must be there and no flag has it. */
async function givenFields(args: Arguments, operation: OperationId, io: Io): Promise<ReturnType<typeof fieldsOf>> {
  const own = fieldFlags(operation, TAKEN)
  const content = contentField(operation)
  const absent = own.find(({ field, name }) => field === content && !args.on(name))
  const piped = absent && commandLine[operation].fields[absent.field]?.required ? await readStdin(io) : undefined
  return fieldsOf(operation, own, args, absent && piped ? { [absent.field]: piped } : {})
}

/** A `fetch` that sends nothing, and hands over what it was to send. */
const createWriter = (write: (request: WrittenRequest) => void): Pick<ClientOptions, 'retry' | 'fetch'> => ({
  retry: false,
  fetch: async (url, init) => {
    const { method = 'GET', headers, body } = init ?? {}
    // The client hands over plain headers and a body of text.
    write({ method, url: String(url), headers: headers as Record<string, string>, body: (body as string) ?? '' })
    throw new Error('not sent')
  },
})

async function run(args: Arguments, output: Output, io: Io): Promise<number> {
  const keys = requiredKeys(args, output, io.env)
  const operation = operationOf(args.text('operation'))
  const place = placeOf(args, io.env)
  const call = headersOf(args)
  const json = args.on('json')
  const fields = await givenFields(args, operation, io)
  const secret = JSON.stringify(keys.appSecret).slice(1, -1)
  if (JSON.stringify([fields, call]).includes(secret) && keys.appSecret.length >= 8) {
    throw new UsageError('The call holds the App Secret, which nobody may get. Nothing was sent')
  }

  const written: WrittenRequest[] = []
  const writer = args.on('dry-run') ? createWriter((request) => written.push(request)) : {}
  const allowUnknownTypes = args.on('allow-unknown-types')
  const client = asUsage(() => createClient({ ...keys, ...place, allowUnknownTypes, ...writer }))
  // Fields of the command line have no static type; the client checks them.
  const send = client.safe[operation] as (fields: unknown, options: object) => ReturnType<Method>
  const { data, error } = await send(fields, { ...call })
  if (written[0]) return printRequest(written[0], json, output)
  if (error) return printError(error, json, output)
  output.stdout.line(json ? JSON.stringify({ data }) : `Sent.\n${JSON.stringify(data, null, 2)}`)
  return 0
}

/** The flags of a call of an operation, as the spec's examples have them. */
function example(operation: OperationId): string {
  const { fields, headers } = commandLine[operation]
  const word = (text: string) => (/^[\w:.-]+$/.test(text) ? text : quoted(text))
  const shown = fieldFlags(operation, TAKEN).filter(({ field }) => fields[field]?.required)
  return [
    ...(operation === operationIds[0] ? [] : [`--operation ${operation}`]),
    ...shown.flatMap(({ field, name }) => fields[field]?.example.map((value) => `--${name} ${word(value)}`) ?? []),
    ...headers.map((line) => `--header ${word(line)}`),
  ].join(' ')
}

/** The command. */
export const command: Command = {
  usage: '[flags]',
  about: `Sends one message through the client, which checks and signs it. What a message type takes as content may come on standard input. The App Secret comes from the environment or from a file.`,
  flags,
  exits: ['0  sent, or printed', '1  refused by the contract or by the server, or no answer', '2  wrong use'],
  examples: (argv) => {
    const call = example(operationOf(namedIn(argv)))
    return [
      `${TOOL} send --region ${REGIONS[0]} ${call}`,
      `${TOOL} send --dry-run --base-url http://127.0.0.1:8700 ${call}`,
    ]
  },
  run,
}
