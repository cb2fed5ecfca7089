/**
 * The published openapi.yaml, as it lies in the tarball, through six tools of others. Each reads it; a call to two groups
 * must send `toGroupId=a&toGroupId=b`, and one to four groups must be refused. Prints a table with the tools' versions.
 *
 *     npm run test:portability
 *     npm run test:portability -- orval     one tool
 *
 * What a tool cannot do its row says (`limit` in tools.ts), and that the mock refused. When the tool learns it, that row
 * fails, so that somebody looks.
 */
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { unpackPublishedFile } from './published-file.js'
import { startRecorder } from './recorder.js'
import { folderFor, type Place, TOOLS, type Tool } from './tools.js'

/** A cell of the table; `failed` where it is not as it must be. */
interface Cell {
  readonly text: string
  readonly failed?: boolean
}

async function cell(work: () => Promise<string>): Promise<Cell> {
  try {
    return { text: await work() }
  } catch (error) {
    return {
      text: `FAILED: ${String(error instanceof Error ? error.message : error)
        .replaceAll(/\s+/g, ' ')
        .slice(0, 600)}`,
      failed: true,
    }
  }
}

const BYTES = 'toGroupId=a&toGroupId=b'

/** Two groups: one call, these bytes, and the mock has nothing against it. */
async function sendTwo({ send }: Tool, place: Place): Promise<string> {
  if (!send) return 'sends nothing; the example is clean'
  const outcome = await send(place, ['a', 'b'])
  const calls = place.recorder.take()
  const [first] = calls
  if (!first || calls.length > 1) throw new Error(`${calls.length} calls came, ${JSON.stringify(outcome)}`)
  if (!`&${first.body}&`.includes(`&${BYTES}&`)) throw new Error(`sent ${first.body}`)
  if (first.status !== 200 || first.code !== 200) throw new Error(`the mock answered ${first.status}, ${first.code}`)
  if (!('status' in outcome) || outcome.status !== 200) throw new Error(`the tool says ${JSON.stringify(outcome)}`)
  return BYTES
}

/** Four groups: the tool refuses them; where it cannot, the call must reach the mock, which does. */
async function sendFour({ limit, send, refuse }: Tool, place: Place): Promise<string> {
  if (!send) return refuse ? refuse(place) : 'nothing to refuse'
  const outcome = await send(place, ['a', 'b', 'c', 'd'])
  const [first] = place.recorder.take()
  if (limit !== undefined) {
    if ('refusedBy' in outcome || !first)
      throw new Error('it refuses by itself now: its `limit` in tools.ts is out of date')
    if (first.status !== 400 || outcome.status !== 400) throw new Error(`the mock answered ${first.status}`)
    return `its limit: ${limit}; the mock refused, HTTP ${first.status} and code ${first.code}`
  }
  if (!('refusedBy' in outcome) || first) throw new Error(`four groups were sent: ${JSON.stringify(outcome)}`)
  return `refused by ${outcome.refusedBy}`
}

async function versionOf({ pack }: Tool): Promise<string> {
  const file = new URL(`./node_modules/${pack}/package.json`, import.meta.url)
  return String(JSON.parse(await readFile(file, 'utf8')).version)
}

async function rowOf(tool: Tool, root: string, file: string): Promise<readonly Cell[]> {
  const folder = await folderFor(root, file, tool)
  const recorder = await startRecorder(file)
  const place = { folder, recorder }
  try {
    const head = [{ text: tool.name }, { text: await versionOf(tool) }]
    const read = await cell(() => tool.read(place))
    const two = await cell(() => sendTwo(tool, place))
    const four = await cell(() => sendFour(tool, place))
    return [...head, read, two, four]
  } finally {
    await recorder.close()
  }
}

const HEAD = ['tool', 'version', 'reads the file', 'two groups', 'four groups'].map((text) => ({ text }))

/** Columns as wide as their widest cell. */
function print(rows: readonly (readonly Cell[])[]): void {
  const widths = HEAD.map((_, i) => Math.max(...rows.map((row) => row[i]?.text.length ?? 0)))
  for (const row of rows)
    console.log(
      row
        .map(({ text }, i) => text.padEnd(widths[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

async function main(only: string | undefined): Promise<number> {
  const tools = TOOLS.filter(({ name }) => name.toLowerCase().includes((only ?? '').toLowerCase()))
  if (tools.length === 0) throw new TypeError(`the tools are ${TOOLS.map(({ name }) => name).join('; ')}`)
  const root = await mkdtemp(join(tmpdir(), 'portability-'))
  try {
    const file = await unpackPublishedFile(root)
    const rows: (readonly Cell[])[] = []
    // One after another: a tool's memory is large.
    for (const tool of tools) rows.push(await rowOf(tool, root, file))
    print([HEAD, ...rows])
    return rows.flat().some(({ failed }) => failed) ? 1 : 0
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

process.exitCode = await main(process.argv[2])
