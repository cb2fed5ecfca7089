/**
 * The spec in one file: lints it and bundles it, by Redocly's own API and the rules of `redocly.yaml`.
 *
 * @module
 */
import { join, relative, resolve } from 'node:path'
import {
  BaseResolver,
  bundle,
  type Config,
  type Document,
  detectSpec,
  getLineColLocation,
  lintDocument,
  loadConfig,
  type NormalizedProblem,
  ResolveError,
  YamlParseError,
} from '@redocly/openapi-core'
import { type Json, SpecError } from './openapi.js'

/** The rules whose violation leaves nothing to generate from; all others are for `npm run lint` alone. */
const FATAL =
  /^(struct|no-unresolved-refs|contract\/(?!signature-vector|text-length).+|operation-operationId.*|spec-.+)$/

/** The order of the names at the top of the bundled file, as `redocly bundle` writes them. */
const TOP = [
  'openapi',
  'info',
  'jsonSchemaDialect',
  'servers',
  'security',
  'tags',
  'externalDocs',
  'paths',
  'webhooks',
  'x-webhooks',
  'components',
]

/** An opened spec. Its parts are read once; linter and bundler share them. */
interface Opened {
  readonly document: Document<Json>
  readonly config: Config
  readonly externalRefResolver: BaseResolver
}

/** What a tool says, in one line, without the folder and without the place at the end, which stands in front. */
function wordsOf(message: string, cwd: string): string {
  const words = message.replaceAll(`${resolve(cwd)}/`, '').replace(/(?: in "[^"]*")? \(\d+:\d+\)$/, '')
  return words.replaceAll(/\s+/g, ' ')
}

function lineOf({ message, location: [at] }: NormalizedProblem, root: string, cwd: string): string {
  if (!at) return `${root}: ${wordsOf(message, cwd)}`
  const { line, col } = getLineColLocation(at).start
  return `${relative(resolve(cwd), at.source.absoluteRef)}:${line}:${col}: ${wordsOf(message, cwd)}`
}

/** @throws SpecError for a root that cannot be read, or that is no OpenAPI; for a `redocly.yaml` that is not right */
async function open(root: string, cwd: string): Promise<Opened> {
  const config = await loadConfig({ configPath: join(resolve(cwd), 'redocly.yaml') }).catch((error: Error) => {
    throw new SpecError(`redocly.yaml: ${wordsOf(error.message, cwd)}`)
  })
  const externalRefResolver = new BaseResolver(config.resolve)
  try {
    const document = await externalRefResolver.resolveDocument<Json>(null, resolve(cwd, root), true)
    if (document instanceof Error) throw document
    detectSpec(document.parsed)
    return { document, config, externalRefResolver }
  } catch (error) {
    const { line = 1, col = 1 } = error instanceof YamlParseError ? error : {}
    const place = error instanceof ResolveError ? root : `${root}:${line || 1}:${col || 1}`
    throw new SpecError(`${place}: ${wordsOf((error as Error).message, cwd)}`)
  }
}

/**
 * What `redocly lint` says about the spec: errors and warnings, without those that `.redocly.lint-ignore.yaml` names.
 *
 * @param root the spec's root file, relative to `cwd`
 */
export async function lint(root: string, cwd: string): Promise<NormalizedProblem[]> {
  return problemsOf(await open(root, cwd))
}

const problemsOf = async (opened: Opened): Promise<NormalizedProblem[]> =>
  (await lintDocument(opened)).filter(({ ignored }) => !ignored)

/** The problems that leave nothing to generate from. */
function fatalOf(problems: readonly NormalizedProblem[]): NormalizedProblem[] {
  const fatal = problems.filter(({ ruleId, severity }) => severity === 'error' && FATAL.test(ruleId))
  // A file that cannot be read is a mistake of its own; the $ref that points at it is none.
  const unread = fatal.filter(({ message }) => message.startsWith('Failed to parse'))
  return unread.length > 0 ? unread : fatal
}

/**
 * Lints and bundles the spec.
 *
 * @param root the spec's root file, relative to `cwd`
 * @throws SpecError with one line a mistake, each with file and place
 */
export async function loadSpec(root: string, cwd: string): Promise<Json> {
  const opened = await open(root, cwd)
  const refuse = (problems: readonly NormalizedProblem[]) => {
    const lines = new Set(problems.map((problem) => lineOf(problem, root, cwd)))
    if (lines.size > 0) throw new SpecError([...lines].join('\n'))
  }
  refuse(fatalOf(await problemsOf(opened)))
  // The bundler writes into the documents, so it comes after the linter.
  const { bundle: bundled, problems } = await bundle({ ...opened, doc: opened.document })
  refuse(problems.filter(({ severity, ignored }) => severity === 'error' && !ignored))
  return inOrder(bundled.parsed as Json)
}

/** A copy as plain JSON, in which no two parts are one object, its top in the usual order. */
function inOrder(spec: Json): Json {
  const names = [...TOP.filter((name) => name in spec), ...Object.keys(spec).filter((name) => !TOP.includes(name))]
  return JSON.parse(JSON.stringify(Object.fromEntries(names.map((name) => [name, spec[name]])))) as Json
}
