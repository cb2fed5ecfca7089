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
import type { Spec } from '../generate/openapi.js'

/** What `redocly diff` is told of how changes weigh. */
const DIFF_RULES = fileURLToPath(new URL('../../../redocly.diff.yaml', import.meta.url))

/** A contract that was released. */
export interface Release {
  readonly tag: string
  /** `info.version` of the contract; not the package's. */
  readonly version: string
  readonly spec: Spec
}

/** How a change weighs, in words of semantic versions. */
export type Impact = 'major' | 'minor' | 'patch'

/** One change between two contracts. */
export interface Change {
  readonly impact: Impact
  readonly kind: string
  /** JSON pointer, with the property behind it where one changed. */
  readonly place: string
  readonly messages: readonly string[]
}

/** What changed, and whether the version says so. */
export interface Comparison {
  readonly changes: readonly Change[]
  /** What the linter found wrong with it, such as a version that stayed; undefined when nothing. */
  readonly refused: string | undefined
}

interface Ran {
  readonly code: number
  readonly stdout: string
  readonly stderr: string
}

const run = (program: string, args: readonly string[], cwd: string): Promise<Ran> =>
  new Promise((done) => {
    execFile(program, args, { cwd, maxBuffer: 1e8 }, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code) || 1 : 0, stdout, stderr }),
    )
  })

/** Runs git in the project's folder. */
export type Git = (args: readonly string[]) => Promise<Pick<Ran, 'code' | 'stdout'>>

/**
 * The releases, newest first: tags that look like versions and have a `generated/openapi.json`. None outside of git.
 *
 * @param git default: the program
 */
export async function releasesOf(root: string, git: Git = (args) => run('git', args, root)): Promise<Release[]> {
  const { stdout } = await git(['tag', '--list', 'v[0-9]*', '--sort=-version:refname'])
  const found = stdout.split('\n').filter((tag) => tag !== '')
  const all = found.map(async (tag): Promise<Release[]> => {
    const { code, stdout } = await git(['show', `${tag}:generated/openapi.json`])
    if (code !== 0) return []
    const spec = JSON.parse(stdout) as Spec
    return [{ tag, version: String(spec['info']?.['version']), spec }]
  })
  return (await Promise.all(all)).flat()
}

const CLI = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js')

/** What `redocly diff` writes, as far as it is read here. */
export interface Report {
  readonly changes: readonly {
    readonly path: string
    readonly kind: string
    readonly impact: Impact
    readonly property?: string
    readonly verdicts: readonly { readonly message: string }[]
  }[]
}

/** The comparison that a run of `redocly diff` gave. */
export function comparisonOf({ changes }: Report, { code, stderr }: Pick<Ran, 'code' | 'stderr'>): Comparison {
  return {
    changes: changes.map(({ impact, kind, path, property, verdicts }) => ({
      impact,
      kind,
      place: decodeURIComponent(path).replaceAll('~1', '/') + (property ? ` · ${property}` : ''),
      messages: verdicts.map(({ message }) => message),
    })),
    refused: code === 0 ? undefined : (/❌\s*(info\.version[^\n]*)/.exec(stderr)?.[1] ?? stderr.trim()),
  }
}

/** Compares two contracts by `redocly diff` and the rules of `redocly.diff.yaml`. */
export async function compare(base: Spec, revision: Spec, root: string): Promise<Comparison> {
  const folder = await mkdtemp(join(tmpdir(), 'diff-'))
  try {
    const [from, to, report] = ['base.json', 'revision.json', 'report.json'].map((name) => join(folder, name)) as [
      string,
      string,
      string,
    ]
    await Promise.all([writeFile(from, JSON.stringify(base)), writeFile(to, JSON.stringify(revision))])
    const flags = [
      '--config',
      DIFF_RULES,
      '--format',
      'json',
      '--output',
      report,
      '--fail-on',
      'none',
      '--check-version',
    ]
    const { code, stderr } = await run(process.execPath, [CLI, 'diff', from, to, ...flags], root)
    const text = await readFile(report, 'utf8').catch(() => undefined)
    if (text === undefined) throw new Error(`redocly diff ended with ${code}: ${stderr}`)
    return comparisonOf(JSON.parse(text) as Report, { code, stderr })
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const MEANS: Readonly<Record<Impact, string>> = { major: 'Breaking', minor: 'Added', patch: 'Other' }

/** Changes as Markdown, the weighty first. */
export function changesMarkdown(changes: readonly Change[]): string {
  if (changes.length === 0) return 'Nothing changed.\n'
  const one = ({ kind, place, messages }: Change) =>
    `- \`${place}\` ${kind}${messages.length > 0 ? `: ${messages.join(' ')}` : ''}\n`
  return (['major', 'minor', 'patch'] as const)
    .map((impact) => [impact, changes.filter((change) => change.impact === impact)] as const)
    .filter(([, own]) => own.length > 0)
    .map(([impact, own]) => `### ${MEANS[impact]}\n\n${own.map(one).join('')}`)
    .join('\n')
}
