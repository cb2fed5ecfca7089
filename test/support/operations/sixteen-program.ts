/** Takes each of the made-up endpoints through client, batch, mock, command line and docs, and prints a row for each. */
import { readFileSync } from 'node:fs'
import { runCli } from '../src/cli/cli.js'
import { type OperationId, operationIds, operations } from '../src/core/contract.js'
import { commandLine } from '../src/core/contract-cli.js'
import { createClient } from '../src/index.js'
import { createMockApi } from '../src/testing.js'
import { tableOf } from '../src/tooling/docs/playground/spec-table.js'
import { endpointPart } from '../src/tooling/docs/render/endpoint.js'
import { openSite } from '../src/tooling/docs/site.js'
import { createIo } from './support/cli.js'

const text = readFileSync(new URL('../generated/vectors.json', import.meta.url), 'utf8')
interface Vector {
  readonly name: string
  readonly operation: string
  readonly request: { readonly headers: Record<string, string> }
  readonly expect: { readonly suspicions?: readonly unknown[] }
}
const { vectors } = JSON.parse(text) as { readonly vectors: readonly Vector[] }
const site = await openSite('.', { releases: [] })
const html = endpointPart(site)

const playground = tableOf(site.spec, site.package).operations

const keys = { appKey: 'k', appSecret: 's' }
let now = 0
const api = createMockApi({ ...keys, now: () => now })
const client = createClient({ ...keys, baseUrl: 'http://mock', fetch: api.fetch, limiter: false, retry: false })

/** The flags of a call, as the help shows them. */
function flagsOf(id: OperationId): string[] {
  const { fields, headers } = commandLine[id]
  const flags = Object.values(fields).flatMap((row) => {
    const values = row.example.length > 0 ? row.example : ['x']
    if (row.switch) return values[0] === row.switch[1] ? [`--${row.flag}`] : []
    return values.flatMap((value) => [`--${row.flag}`, value])
  })
  return [...flags, ...headers.flatMap((header) => ['--header', header])]
}

/** The fields that the command line makes of its flags. */
async function sentFromTheCommandLine(id: OperationId) {
  const { io, written } = createIo({ env: { RONGCLOUD_APP_KEY: 'k', RONGCLOUD_APP_SECRET: 's' } })
  const args = ['send', '--operation', id, '--base-url', 'http://h', ...flagsOf(id), '--dry-run', '--json']
  const code = await runCli(args, io)
  if (code !== 0) return { error: written.stderr }
  return { body: (JSON.parse(written.stdout) as { request: { body?: string } }).request.body ?? '' }
}

const rows = []
for (const id of operationIds) {
  const cli = await sentFromTheCommandLine(id)
  const vector = vectors.find((one) => one.operation === id)
  const headers = Object.fromEntries(
    Object.entries(vector?.request.headers ?? {}).filter(([name]) => name.startsWith('X-')),
  )
  const fields: Record<string, unknown> = {}
  const kinds = Object.entries(commandLine[id].fields)
  const schema = site.spec.paths?.[operations[id].path]
  for (const [name, { example }] of kinds) {
    const property = formOf(schema)?.[name] ?? {}
    const one = (value: string) => typed(value, property.items?.type ?? property.type)
    fields[name] = property.type === 'array' ? example.map(one) : one(example[0] ?? '')
  }
  now += 90_000_000
  const call = client.safe[id] as (fields: object, options: object) => Promise<{ data?: object; error?: Error }>
  const { data, error } = await call(fields, { headers })
  const { batch } = operations[id]
  let chunks: number | undefined
  if (batch) {
    const [first] = fields[batch.field] as unknown[]
    const many = Array.from({ length: batch.size + 1 }, (_, i) => (typeof first === 'number' ? i + 1 : `${first}${i}`))
    const split = (
      client.batch as unknown as Record<string, (fields: object, options: object) => AsyncIterable<object>>
    )[id]
    chunks = 0
    now += 90_000_000
    for await (const _ of split?.({ ...fields, [batch.field]: many }, { headers }) ?? []) chunks++
  }
  rows.push({
    id,
    client: error ? error.message : Object.keys(data ?? {}),
    mock: api.calls.at(-1)?.operation,
    chunks,
    cli,
    vectors: vectors.filter((one) => one.operation === id).length,
    suspicious: vectors.filter((one) => one.operation === id && one.expect.suspicions).length,
    playground: playground.find((one) => one.id === id)?.fields.map(({ name }) => name),
    docs: html.includes(`id="${id}"`) && kinds.every(([name]) => html.includes(`${id}.${name}`)),
  })
}
console.log(JSON.stringify(rows))

function formOf(item: unknown): Record<string, { type?: string; items?: { type?: string } }> | undefined {
  const [operation] = Object.values(
    (item ?? {}) as Record<string, { requestBody?: { content: Record<string, { schema: { properties?: never } }> } }>,
  )
  return operation?.requestBody?.content['application/x-www-form-urlencoded']?.schema.properties
}

function typed(value: string, type: string | undefined): unknown {
  if (type === 'integer' || type === 'number') return Number(value)
  return type === 'boolean' ? value === 'true' : value
}

// What must compile, and what must not.
export const compiled = (): unknown[] => [
  client.sendPrivateStatus({ fromUserId: 'a', toUserId: ['b'], content: 'c' }),
  client.gagInGroup({ userId: ['a'], minute: 5 }),
  client.keepAlive(),
  client.recallMessage({ conversationType: 1, messageUID: 'x', sentTime: 1, isAdmin: true }),
  client.setLevels({ userId: 'a', level: [1, 2] }),
  client.listSensitiveWords().then(({ words }) => words[0]?.added.by),
  client.pushToTags({ platform: ['ios'], message: 'hi' }),
  // @ts-expect-error one level is too few
  client.setLevels({ userId: 'a', level: [1] }),
  // @ts-expect-error no such platform
  client.pushToTags({ platform: ['windows'], message: 'hi' }),
  // @ts-expect-error a text in place of a number
  client.gagInGroup({ userId: ['a'], minute: '5' }),
  // @ts-expect-error nothing may be left out
  client.sendPrivateStatus({ fromUserId: 'a', toUserId: ['b'] }),
]
