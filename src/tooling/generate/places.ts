/**
 * Places of mistakes, `file:line:column`, also where Redocly gives none: a reference that leads to itself, and a wrong
 * `redocly.yaml`.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { relative, resolve } from 'node:path'
import {
  type BaseResolver,
  type Config,
  type Document,
  escapePointerFragment,
  getLineColLocation,
  type LineColLocationObject,
  lintConfig,
  type NormalizedProblem,
  unescapePointerFragment,
  YamlParseError,
} from '@redocly/openapi-core'
import { LineCounter, parseDocument, visit } from 'yaml'
import { isObject } from './openapi.js'
import { valueAt } from './pointer.js'

/** A tool's message in one line, without the folder, and without the place at its end: our lines begin with the place. */
export function oneLine(message: string, cwd: string): string {
  const text = message.replaceAll(`${resolve(cwd)}/`, '').replace(/(?: in "[^"]*")? \(\d+:\d+\)$/, '')
  return text.replaceAll(/\s+/g, ' ')
}

const placeText = ({ source, start }: LineColLocationObject, cwd: string): string =>
  `${relative(resolve(cwd), source.absoluteRef)}:${start.line}:${start.col}`

/** `spec/paths/x.yaml:12:5`. */
export function placeOf({ location: [at] }: NormalizedProblem, root: string, cwd: string): string {
  return at ? placeText(getLineColLocation(at), cwd) : `${root}:1:1`
}

/** A node of a document, by its pointer. */
interface Node {
  readonly document: Document
  readonly keys: readonly string[]
}

const pointerOf = ({ keys }: Node): string => `#/${keys.map((key) => escapePointerFragment(key)).join('/')}`

/** All objects of a document that are references, and all aliases that stand inside what they stand for. */
function nodesToItself(document: Document): { references: Node[]; aliases: Node[] } {
  const references: Node[] = []
  const aliases: Node[] = []
  const walk = (value: unknown, keys: readonly string[], above: readonly unknown[]) => {
    if (typeof value !== 'object' || value === null) return
    if (above.includes(value)) {
      aliases.push({ document, keys })
      return
    }
    if (isObject(value) && '$ref' in value) references.push({ document, keys })
    for (const [key, child] of Object.entries(value)) walk(child, [...keys, key], [...above, value])
  }
  walk(document.parsed, [], [])
  return { references, aliases }
}

const placeOfNode = (node: Node, cwd: string): string =>
  placeText(getLineColLocation({ source: node.document.source, pointer: pointerOf(node), reportOnKey: true }), cwd)

/** What is wrong with a reference by itself: it is no text, or it leads back to itself. */
async function mistakeOf(reference: Node, resolver: BaseResolver): Promise<string | undefined> {
  const nameOf = (node: Node) => node.document.source.absoluteRef + pointerOf(node)
  const visited = new Set<string>()
  for (let node = reference; !visited.has(nameOf(node)); ) {
    visited.add(nameOf(node))
    const value = valueAt(node.document.parsed, node.keys)
    if (!isObject(value) || !('$ref' in value)) return undefined
    const { $ref } = value
    if (typeof $ref !== 'string') return node === reference ? '"$ref" must be a string.' : undefined
    const [file = '', pointer = ''] = $ref.split('#')
    const base = node.document.source.absoluteRef
    const document = file ? await resolver.resolveDocument(base, file) : node.document
    if (document instanceof Error) return undefined
    const keys = pointer.split('/').slice(1)
    node = { document, keys: keys.map((key) => unescapePointerFragment(decodeURIComponent(key))) }
    if (`${nameOf(node)}/`.startsWith(`${nameOf(reference)}/`)) return 'This reference leads back to itself.'
  }
  return undefined
}

/**
 * The first alias or reference that leads back to itself, or reference that is no text, as a line with its place. Redocly
 * gives up at it, and says not where it stands.
 */
export async function brokenReference(
  root: Document,
  resolver: BaseResolver,
  cwd: string,
): Promise<string | undefined> {
  const others = await Promise.all(resolver.cache.values())
  const documents = [root, ...others.filter((one): one is Document => !(one instanceof Error))]
  const found = documents.map(nodesToItself)
  const [alias] = found.flatMap(({ aliases }) => aliases)
  if (alias) return `${placeOfNode(alias, cwd)}: This alias stands inside what it stands for.`
  for (const reference of found.flatMap(({ references }) => references)) {
    const mistake = await mistakeOf(reference, resolver)
    if (!mistake) continue
    return `${placeOfNode({ ...reference, keys: [...reference.keys, '$ref'] }, cwd)}: ${mistake}`
  }
  return undefined
}

/** A `redocly.yaml` that cannot be loaded, as a line with its place: that of the first value which the message names. */
export async function unreadableConfig(error: Error, file: string, cwd: string): Promise<string> {
  const name = relative(resolve(cwd), file)
  const message = oneLine(error.message, cwd)
  if (error instanceof YamlParseError) return `${name}:${error.line}:${error.col}: ${message}`
  const lineCounter = new LineCounter()
  const text = await readFile(file, 'utf8').catch(() => '')
  const place = { line: 1, col: 1 }
  visit(parseDocument(text, { lineCounter }), {
    Scalar(key, { value, range }) {
      if (key === 'key' || typeof value !== 'string' || !range || !message.includes(value)) return undefined
      Object.assign(place, lineCounter.linePos(range[0]))
      return visit.BREAK
    },
  })
  return `${name}:${place.line}:${place.col}: ${message}`
}

/** Rules that `redocly.yaml` names and that their plugin does not have: Redocly takes no notice of them. */
function unknownRules({ document, plugins }: Config, cwd: string): string[] {
  const rules = document && isObject(document.parsed) ? document.parsed['rules'] : undefined
  if (!document || !isObject(rules)) return []
  return Object.keys(rules).flatMap((name) => {
    // Rules without a slash are Redocly's own; its linter checks their names.
    const [id] = name.split('/', 1)
    const isKnown = plugins.some(({ rules: { oas3 = {} } = {} }) => Object.hasOwn(oas3, name))
    if (!name.includes('/') || id === 'rule' || isKnown) return []
    const at = { source: document.source, pointer: `#/rules/${escapePointerFragment(name)}`, reportOnKey: true }
    return `${placeText(getLineColLocation(at), cwd)}: No plugin has the rule "${name}".`
  })
}

/** What is wrong with a `redocly.yaml` that can be loaded: a line each, with its place. */
export async function configMistakes(config: Config, cwd: string): Promise<string[]> {
  if (!config.document) return []
  const problems = await lintConfig({ config, severity: 'error' })
  const lines = problems.map((one) => `${placeOf(one, 'redocly.yaml', cwd)}: ${oneLine(one.message, cwd)}`)
  return [...lines, ...unknownRules(config, cwd)]
}
