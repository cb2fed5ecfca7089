/**
 * Where something of the bundled spec was written: file, line and column, through every `$ref` and `allOf`.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { dirname, join, relative, resolve } from 'node:path'
import { type Document, isMap, isScalar, isSeq, LineCounter, type Node, parseDocument, type YAMLMap } from 'yaml'

/** A node of a file of the spec. */
interface Spot {
  readonly file: string
  readonly node: unknown
  readonly lines: LineCounter
  readonly document: Document
}

async function open(file: string): Promise<Spot> {
  const lines = new LineCounter()
  const document = parseDocument(await readFile(file, 'utf8'), { lineCounter: lines })
  return { file, lines, document, node: document.contents }
}

const step = (text: string) => decodeURIComponent(text).replaceAll('~1', '/').replaceAll('~0', '~')

/** What stands behind a `$ref`, or the spot itself. */
async function follow(spot: Spot): Promise<Spot> {
  const ref = isMap(spot.node) ? spot.node.get('$ref') : undefined
  if (typeof ref !== 'string') return spot
  const [path = '', pointer = ''] = ref.split('#')
  const { file, lines, document } = path === '' ? spot : await open(join(dirname(spot.file), path))
  const keys = pointer.split('/').slice(1).map(step)
  return follow({ file, lines, document, node: keys.length > 0 ? document.getIn(keys, true) : document.contents })
}

/** A member by its name, in the object or in the parts of its `allOf`; with the place of its name. */
async function member(from: Spot, name: string): Promise<{ at: Spot; value: Spot } | undefined> {
  const spot = await follow(from)
  if (!isMap(spot.node)) return undefined
  const pair = (spot.node as YAMLMap).items.find(({ key }) => isScalar(key) && String(key.value) === name)
  if (pair) return { at: { ...spot, node: pair.key }, value: { ...spot, node: pair.value } }
  const parts = spot.node.get('allOf', true)
  for (const part of isSeq(parts) ? parts.items : []) {
    const found = await member({ ...spot, node: part }, name)
    if (found) return found
  }
  return undefined
}

/**
 * The place of what the names lead to, as far as they do: `spec/paths/x.yaml:12:5`.
 *
 * @param root the spec's root file, relative to `cwd`
 */
export async function placeOf(root: string, cwd: string, names: readonly string[]): Promise<string> {
  let place = await open(resolve(cwd, root))
  let inside = place
  for (const name of names) {
    const found = await member(inside, name).catch(() => undefined)
    if (!found) break
    place = found.at
    inside = found.value
  }
  const { line, col } = place.lines.linePos((place.node as Node | null)?.range?.[0] ?? 0)
  return `${relative(resolve(cwd), place.file)}:${line || 1}:${col || 1}`
}
