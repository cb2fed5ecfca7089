/**
 * What the spec asks for, found by walking its files from the root: each keyword, each entry of a list, each name.
 * One of them taken away, or changed a little, is a mutant.
 *
 * @module
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { isMap, isScalar, isSeq, parseDocument } from 'yaml'

/** One change of one node of one file. */
export interface Mutant {
  /** What is changed, for people: `spec/paths/….yaml post.x-rate-limit.limit: 20 -> 21`. */
  readonly name: string
  /** Relative to the project. */
  readonly file: string
  /** Keys from the top of the file to the node. */
  readonly path: readonly (string | number)[]
  /** The new value; without it the node goes away. */
  readonly to?: unknown
}

/** Words for people. They check nothing, so nothing is lost with them. */
const WORDS =
  /^(openapi|info|summary|description|title|label|tags|externalDocs|example|deprecated|contentEncoding|x-assumption|x-codeSamples|x-is|x-is-not|x-causes|x-diagnosis|text|counterExamples)$/

/** Keywords whose children have names of the author's own: a field called "description" is a field. */
const NAMED =
  /^(properties|patternProperties|\$defs|paths|responses|content|encoding|headers|examples|schemas|parameters|securitySchemes|x-message-types|x-suspicious)$/

/** Other values that a word may have. */
const CHOICES: Readonly<Record<string, readonly unknown[]>> = {
  type: ['integer', 'number'],
  'x-retry': ['never', 'after-wait', 'unknown'],
}

interface Place extends Pick<Mutant, 'file' | 'path'> {
  readonly node: unknown
  /** Whether the children of this node are names, not keywords. */
  readonly names?: boolean
  /** Is it a name, or an entry of a list? Undefined for a keyword. */
  readonly entry?: boolean
}

function childrenOf({ file, path, node, names = false, entry }: Place): Place[] {
  const child = (key: string | number, value: unknown, rest: Partial<Place> = {}): Place => {
    return { file, path: [...path, key], node: value, names: !names && NAMED.test(String(key)), ...rest }
  }
  // The one entry of a list is none: the list goes as a whole, for an empty one would be refused for its shape alone.
  if (isSeq(node)) return node.items.map((item, index) => child(index, item, { entry: node.items.length > 1 }))
  if (!isMap(node)) return []
  return node.items.flatMap(({ key, value }) => {
    const name = String(key)
    // A name with nothing but a reference goes as a whole.
    if (name === '$ref') return [child(name, value, { names, entry: !entry })]
    if (names) return [child(name, value, { entry: true })]
    if (WORDS.test(name) || (name === 'examples' && isSeq(value))) return []
    // Of the value of an example, only the code decides anything.
    if (name === 'value' && isMap(value))
      return childrenOf(child(name, value)).filter(({ path }) => path.at(-1) === 'code')
    return [child(name, value)]
  })
}

/** Whether something is lost with a node: not with a `false`; and an object of keywords goes part by part. */
function counts({ path, node, entry }: Place): boolean {
  if (isScalar(node)) return node.value !== false && entry !== false
  return isSeq(node) || entry || String(path.at(-1)).startsWith('x-')
}

/** A little more, a little less, the contrary, another one of its kind. */
function changesOf({ path, node }: Place): unknown[] {
  if (!isScalar(node)) return []
  const { value } = node
  const key = String(path.at(-1))
  if (typeof value === 'number') return value > 1 && key !== 'code' ? [value + 1, value - 1] : [value + 1]
  if (typeof value === 'boolean') return [!value]
  const choices = CHOICES[key] ?? []
  if (choices.includes(value)) return choices.filter((one) => one !== value)
  return /^(url|name|x-region|x-unit)$/.test(key) ? [`${String(value)}x`] : []
}

function mutantsOf(place: Place): Mutant[] {
  const { file, path, node } = place
  const at = `${file} ${path.join('.')}`
  const from = isScalar(node) ? JSON.stringify(node.value) : ''
  const changed = changesOf(place).map((to) => ({ name: `${at}: ${from} -> ${JSON.stringify(to)}`, file, path, to }))
  return counts(place) ? [{ name: `${at}: away`, file, path }, ...changed] : changed
}

/**
 * All mutants of the files that the root reaches, each file walked once.
 *
 * @param copy the folder that holds `spec/`
 */
export function findMutants(copy: string, root: string): Mutant[] {
  const walked = new Set<string>()
  const found: Mutant[] = []
  const walkFile = (file: string, names: boolean): void => {
    if (walked.has(file)) return
    walked.add(file)
    const node = parseDocument(readFileSync(join(copy, file), 'utf8')).contents
    walk({ file, path: [], node, names })
  }
  const walk = (place: Place): void => {
    for (const child of childrenOf(place)) {
      found.push(...mutantsOf(child))
      const ref = child.path.at(-1) === '$ref' && isScalar(child.node) ? String(child.node.value) : '#'
      if (!ref.startsWith('#'))
        walkFile(join(dirname(place.file), ref.split('#', 1)[0] as string), place.names === true)
      walk(child)
    }
  }
  walkFile(root, false)
  return found
}
