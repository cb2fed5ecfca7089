/**
 * The spec in one file: lints it and bundles it, by Redocly's own API and the rules of `redocly.yaml`.
 *
 * @module
 */
import { join, resolve } from 'node:path'
import {
  BaseResolver,
  bundle,
  type Config,
  type Document,
  detectSpec,
  lintDocument,
  loadConfig,
  type NormalizedProblem,
  ResolveError,
  YamlParseError,
} from '@redocly/openapi-core'
import { isObject, type Spec, SpecError } from './openapi.js'
import { brokenReference, configMistakes, oneLine, placeOf, unreadableConfig } from './places.js'
import { SAMPLES, samplePlugin } from './sample-rule.js'

/** Rules whose violation leaves nothing to generate from. All others are for `npm run lint` alone. */
const FATAL = [
  'struct',
  'no-unresolved-refs',
  'no-schema-type-mismatch',
  'no-enum-type-mismatch',
  'no-invalid-schema-examples',
  'no-invalid-parameter-examples',
  'no-invalid-media-type-examples',
  'no-identical-paths',
  'operation-operationId',
  'operation-operationId-unique',
  'operation-parameters-unique',
  'spec-components-invalid-map-name',
]

/** Rules about the shape of the document. Other rules may stumble over a node of the wrong shape, or misread it. */
const ABOUT_SHAPE = ['struct', 'contract/keywords', 'contract/references']

/** Rules about the values that a schema names: its examples, its enum, its default. */
const ABOUT_VALUES = /-examples$|-type-mismatch$|^contract\/defaults$/

/** True for the rules above and for all of our own but two, whose mistakes do no harm to the generated files. */
const isFatal = (rule: string): boolean =>
  FATAL.includes(rule) ||
  rule === SAMPLES ||
  (rule.startsWith('contract/') && !['contract/signature-vector', 'contract/text-length'].includes(rule))

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
  readonly document: Document<Spec>
  readonly config: Config
  readonly externalRefResolver: BaseResolver
}

/** @throws SpecError for a root that cannot be read, or that is no OpenAPI 3.1; for a `redocly.yaml` that is not right */
async function open(root: string, cwd: string): Promise<Opened> {
  const configPath = join(resolve(cwd), 'redocly.yaml')
  const config = await loadConfig({ configPath, plugins: [samplePlugin] }).catch(async (error: Error) => {
    throw new SpecError(await unreadableConfig(error, configPath, cwd))
  })
  const mistakes = await configMistakes(config, cwd)
  if (mistakes.length > 0) throw new SpecError(mistakes.join('\n'))
  if (!config.plugins.some(({ id }) => id === 'contract'))
    throw new SpecError('redocly.yaml:1:1: "plugins" must name src/tooling/lint/vocabulary.js.')
  const externalRefResolver = new BaseResolver(config.resolve)
  try {
    const document = await externalRefResolver.resolveDocument<Spec>(null, resolve(cwd, root), true)
    if (document instanceof Error) throw document
    // Unlike the linter, the types, the validators and the docs know one version.
    const version = detectSpec(document.parsed)
    if (version !== 'oas3_1') throw new Error(`"openapi" must be 3.1. Received ${document.parsed.openapi ?? version}`)
    return { document, config, externalRefResolver }
  } catch (error) {
    if (!(error instanceof Error)) throw error
    const { line = 1, col = 1 } = error instanceof YamlParseError ? error : {}
    const place = error instanceof ResolveError ? root : `${root}:${line || 1}:${col || 1}`
    throw new SpecError(`${place}: ${oneLine(error.message, cwd)}`)
  }
}

/**
 * What `redocly lint` says about the spec: errors and warnings, without those that `.redocly.lint-ignore.yaml` names.
 *
 * @param root the spec's root file, relative to `cwd`
 */
export async function lint(root: string, cwd: string): Promise<NormalizedProblem[]> {
  const problems = await lintDocument(await open(root, cwd))
  return problems.filter(({ ignored }) => !ignored)
}

/** The problems that leave nothing to generate from, found by the rules that look for such alone. */
async function fatalProblems(opened: Opened, cwd: string): Promise<NormalizedProblem[]> {
  const { config } = opened
  config.rules.oas3_1[SAMPLES] = 'error'
  config.skipRules(Object.keys(config.rules.oas3_1).filter((rule) => !isFatal(rule)))
  const errors = async () =>
    (await lintDocument(opened)).filter(({ ignored, severity }) => !ignored && severity === 'error')
  const fatal = await errors().catch(async (error: Error) => {
    const broken = await brokenReference(opened.document, opened.externalRefResolver, cwd)
    if (broken !== undefined) throw new SpecError(broken)
    config.skipRules(Object.keys(config.rules.oas3_1).filter((rule) => !ABOUT_SHAPE.includes(rule)))
    const misshapen = await errors()
    if (misshapen.length === 0) throw error
    return misshapen
  })
  // Report a mistake once: an unreadable file also breaks a $ref, what a $ref does not find is missed elsewhere, what
  // has the wrong shape or hides behind a $ref is misread by other rules, and a wrong schema also causes errors about its values.
  const causes = [
    fatal.filter(({ message }) => message.startsWith('Failed to parse')),
    fatal.filter(({ ruleId }) => ruleId === 'no-unresolved-refs'),
    fatal.filter(({ ruleId }) => ruleId === 'contract/references'),
    fatal.filter(({ ruleId }) => ABOUT_SHAPE.includes(ruleId)),
    fatal.filter(({ ruleId }) => !ABOUT_VALUES.test(ruleId) && ruleId !== SAMPLES),
    fatal.filter(({ ruleId }) => ruleId !== SAMPLES),
  ]
  return causes.find((some) => some.length > 0) ?? fatal
}

/**
 * Lints and bundles the spec.
 *
 * @param root the spec's root file, relative to `cwd`
 * @throws SpecError with one line a mistake, each with file and place
 */
export async function loadSpec(root: string, cwd: string): Promise<Spec> {
  const opened = await open(root, cwd)
  const refuse = (problems: readonly NormalizedProblem[]) => {
    // By place: of what two rules say about one place, the first will do.
    const lines = new Map<string, string>()
    for (const problem of problems) {
      const place = placeOf(problem, root, cwd)
      if (!lines.has(place)) lines.set(place, `${place}: ${oneLine(problem.message, cwd)}`)
    }
    if (lines.size > 0) throw new SpecError([...lines.values()].join('\n'))
  }
  refuse(await fatalProblems(opened, cwd))
  // The bundler writes into the documents, so it comes after the linter.
  const { bundle: bundled, problems } = await bundle({ ...opened, doc: opened.document })
  refuse(problems.filter(({ severity, ignored }) => severity === 'error' && !ignored))
  return inOrder(isObject(bundled.parsed) ? bundled.parsed : {})
}

/** A copy as plain JSON, in which no two parts are one object, its top in the usual order. */
function inOrder(spec: object): Spec {
  const places = new Map(TOP.map((name, i) => [name, i]))
  const place = (name: string) => places.get(name) ?? TOP.length
  const members = Object.entries(spec).toSorted(([one], [other]) => place(one) - place(other))
  // The linter has checked that it is a spec.
  return JSON.parse(JSON.stringify(Object.fromEntries(members))) as Spec
}
