/**
 * The contract of each release, from the tags of the repository; and what changed between two of them.
 *
 * @module
 */
import { execFile } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Spec } from './content/spec.js'

/** How breaking `redocly diff` calls each kind of change. */
const DIFF_RULES = fileURLToPath(new URL('../../../redocly.diff.yaml', import.meta.url))

/** A contract that was released. */
export interface Release {
  readonly tag: string
  readonly spec: Spec
}

/** The version that a change needs, by semantic versioning. */
export type Impact = 'major' | 'minor' | 'patch'

/** One change between two contracts. */
export interface Change {
  readonly impact: Impact
  readonly kind: string
  /** JSON pointer, with the property behind it where one changed. */
  readonly place: string
  readonly messages: readonly string[]
}

/** What changed, and whether the new version number fits. */
export interface Comparison {
  readonly changes: readonly Change[]
  /** Why Redocly refuses the contract, such as a version that did not change; undefined when it does not. */
  readonly refusal: string | undefined
}

interface ProcessResult {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const runProgram = (program: string, args: readonly string[], cwd: string): Promise<ProcessResult> =>
  new Promise((done) => {
    execFile(program, args, { cwd, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) || 1 : 0, stdout, stderr }),
    )
  })

/** Runs git in the project's folder. */
export type Git = (args: readonly string[]) => Promise<Pick<ProcessResult, 'code' | 'stdout'>>

/**
 * The releases, newest first: tags that look like versions and have a `generated/openapi.json`. None outside of git.
 *
 * @param git default: the program
 */
export async function releasesOf(root: string, git: Git = (args) => runProgram('git', args, root)): Promise<Release[]> {
  const { stdout: list } = await git(['tag', '--list', 'v[0-9]*', '--sort=-version:refname'])
  const tags = list.split('\n').filter((tag) => tag !== '')
  const releases = tags.map(async (tag): Promise<Release[]> => {
    const { code, stdout } = await git(['show', `${tag}:generated/openapi.json`])
    if (code !== 0) return []
    return [{ tag, spec: JSON.parse(stdout) }]
  })
  return (await Promise.all(releases)).flat()
}

const REDOCLY = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js')

/** The report of `redocly diff`, as far as it is read here. */
export interface DiffReport {
  readonly changes: readonly {
    readonly path: string
    readonly kind: string
    readonly impact: Impact
    readonly property?: string
    readonly verdicts: readonly { readonly message: string }[]
  }[]
}

/** The comparison in the result of `redocly diff`. */
export function readComparison(
  { changes }: DiffReport,
  { code, stderr }: Pick<ProcessResult, 'code' | 'stderr'>,
): Comparison {
  return {
    changes: changes.map(({ impact, kind, path, property, verdicts }) => ({
      impact,
      kind,
      place: decodeURIComponent(path).replaceAll('~1', '/') + (property ? ` · ${property}` : ''),
      messages: verdicts.map(({ message }) => message),
    })),
    refusal: code === 0 ? undefined : (/❌\s*(info\.version[^\n]*)/.exec(stderr)?.[1] ?? stderr.trim()),
  }
}

/** Compares two contracts by `redocly diff` and the rules of `redocly.diff.yaml`. */
export async function compareContracts(base: Spec, revision: Spec, root: string): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'diff-'))
  try {
    const baseFile = join(folder, 'base.json')
    const revisionFile = join(folder, 'revision.json')
    const reportFile = join(folder, 'report.json')
    await Promise.all([writeFile(baseFile, JSON.stringify(base)), writeFile(revisionFile, JSON.stringify(revision))])
    const input = ['diff', baseFile, revisionFile, '--config', DIFF_RULES]
    const output = ['--format', 'json', '--output', reportFile, '--fail-on', 'none', '--check-version']
    const { code, stderr } = await runProgram(process.execPath, [REDOCLY, ...input, ...output], root)
    const text = await readFile(reportFile, 'utf8').catch(() => undefined)
    if (text === undefined) throw new Error(`redocly diff ended with ${code}: ${stderr}`)
    return readComparison(JSON.parse(text), { code, stderr })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const IMPACT_HEADINGS = [
  ['major', 'Breaking'],
  ['minor', 'Added'],
  ['patch', 'Other'],
] as const satisfies readonly (readonly [Impact, string])[]

function changeItem({ kind, place, messages }: Change): string {
  return `- \`${place}\` ${kind}${messages.length > 0 ? `: ${messages.join(' ')}` : ''}\n`
}

/** Changes as Markdown, breaking ones first. */
export function changesMarkdown(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing changed.\n'
  return IMPACT_HEADINGS.map(([impact, heading]) => {
    const items = changes.filter((change) => change.impact === impact).map(changeItem)
    return items.length === 0 ? '' : `### ${heading}\n\n${items.join('')}`
  })
    .filter((section) => section !== '')
    .join('\n')
}
