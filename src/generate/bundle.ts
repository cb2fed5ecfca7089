/**
 * The spec in one file, by `redocly lint` and `redocly bundle`.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join, relative, resolve } from 'node:path'
import { type Json, SpecError } from './spec.js'

/** The rules whose breach leaves nothing to generate from; all others are for `npm run lint` alone. */
const FATAL =
  /^(struct|no-unresolved-refs|contract\/(?!signature-vector|text-length).+|operation-operationId.*|spec-.+)$/

interface Problem {
  ruleId: string
  severity: string
  message: string
  location: { source: { ref: string }; start?: { line: number; col: number } }[]
}

async function redocly(
  args: readonly string[],
  cwd: string,
): Promise<{ code: number; stdout: string; stderr: string }> {
  const cli = join(dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json')), 'bin/cli.js')
  const child = spawn(process.execPath, [cli, ...args], { cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  const [out, err]: [Buffer[], Buffer[]] = [[], []]
  child.stdout.on('data', (chunk) => out.push(chunk))
  child.stderr.on('data', (chunk) => err.push(chunk))
  const code = await new Promise<number>((done, fail) => child.on('error', fail).on('close', (code) => done(code ?? 1)))
  return { code, stdout: Buffer.concat(out).toString(), stderr: Buffer.concat(err).toString() }
}

function lineOf({ message, location: [at] }: Problem, root: string, cwd: string): string {
  const place = at ? `${relative(cwd, resolve(cwd, at.source.ref))}:${at.start?.line ?? 1}:${at.start?.col ?? 1}` : root
  const words = message.replaceAll(`${resolve(cwd)}/`, '').replace(/ in "[^"]*" \(\d+:\d+\)$/, '')
  return `${place}: ${words.replaceAll(/\s+/g, ' ')}`
}

/** What the linter says, a line a problem, as `file:line:column: what`. */
async function lint(root: string, cwd: string): Promise<string[]> {
  const { code, stdout, stderr } = await redocly(['lint', root, '--format', 'json', '--max-problems', '1000'], cwd)
  if (stdout.startsWith('{')) {
    const { problems } = JSON.parse(stdout) as { problems: Problem[] }
    const fatal = problems.filter(({ ruleId, severity }) => severity === 'error' && FATAL.test(ruleId))
    // A file that cannot be read is a mistake of its own; the $ref that points at it is none.
    const unread = fatal.filter(({ message }) => message.startsWith('Failed to parse'))
    return [...new Set((unread.length > 0 ? unread : fatal).map((problem) => lineOf(problem, root, cwd)))]
  }
  if (code === 0) return []
  // YAML that cannot be read stops the linter before it has problems to list.
  const broken = /Failed to parse API description at ([^\n]+):\s+-?\s*([^\n]+?) in "[^"]*" \((\d+:\d+)\)/.exec(stderr)
  if (broken) return [`${broken[1]}:${broken[3]}: ${broken[2]}`]
  const said = stderr.split('\n').filter((line) => line.trim() !== '' && !/[║╔╚]/.test(line))
  return [`${root}: ${said.slice(-3).join(' ').trim() || `redocly lint ended with ${code}`}`]
}

/**
 * Lints and bundles the spec.
 *
 * @param root the spec's root file, relative to `cwd`
 * @throws SpecError with one line a mistake, each with file and place
 */
export async function loadSpec(root: string, cwd: string): Promise<Json> {
  const folder = await mkdtemp(join(tmpdir(), 'bundle-'))
  try {
    const file = join(folder, 'openapi.json')
    const [problems, bundled] = await Promise.all([lint(root, cwd), redocly(['bundle', root, '-o', file], cwd)])
    if (problems.length > 0) throw new SpecError(problems.join('\n'))
    if (bundled.code !== 0) throw new SpecError(`${root}: ${bundled.stderr.trim()}`)
    return JSON.parse(await readFile(file, 'utf8')) as Json
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
