/** The suite in processes: Node, Bun and Deno. */
import { execFile } from 'node:child_process'
import type { Job, Report, Runtime } from './runtime.js'

/** A process that has not ended by then never will, in milliseconds. */
const LONGEST = 240_000

interface Ended {
  readonly printed: string
  readonly stdout: string
}

function ended(program: string, args: readonly string[], cwd = '.', more: NodeJS.ProcessEnv = {}): Promise<Ended> {
  const kept = Object.entries(process.env).filter(([name]) => !/^(npm_|NODE_|VITEST|TSX|CI$|HTTPS?_PROXY)/i.test(name))
  const env = { ...Object.fromEntries(kept), NO_COLOR: '1', ...more }
  return new Promise((done) => {
    execFile(program, args, { cwd, env, maxBuffer: 1e8, timeout: LONGEST }, (error, stdout, stderr) => {
      done({ stdout, printed: `${error ? `${error.message}\n` : ''}${stdout}\n${stderr}` })
    })
  })
}

/** The report is the last line; without one, what was printed tells why. */
function reportOf({ stdout, printed }: Ended): Report {
  const line = stdout.trimEnd().split('\n').at(-1) ?? ''
  try {
    return JSON.parse(line) as Report
  } catch {
    throw new Error(`printed no report: ${printed.trim().slice(0, 1_000)}`)
  }
}

type Arguments = (job: Job) => readonly string[]
type Environment = (job: Job) => NodeJS.ProcessEnv

/** A runtime that is a program on this machine. */
function program(name: string, path: string, argumentsOf: Arguments, more: Environment = () => ({})): Runtime {
  return {
    name,
    version: async () => /\d+\.\d+\.\d+/.exec((await ended(path, ['--version'])).printed)?.[0] ?? 'unknown',
    run: async (job) => {
      const MATRIX = JSON.stringify({ columns: job.columns, urls: job.urls })
      return reportOf(await ended(path, [...argumentsOf(job), 'process.mjs'], job.folder, { ...more(job), MATRIX }))
    },
  }
}

/** Node; under MSW each connection is watched where Node makes it. */
export const node = (name: string, path: string): Runtime =>
  program(name, path, ({ msw }) => (msw ? ['--import', './watch.mjs'] : []))

/** Bun; under MSW whatever is let through goes to a proxy where nobody listens. */
export const bun = (path: string): Runtime =>
  program(
    'Bun',
    path,
    () => ['run', '--no-install'],
    ({ msw, urls }) => (msw ? { HTTPS_PROXY: urls['closed'] } : {}),
  )

/** Deno; under MSW without the right to use the network. */
export const deno = (path: string): Runtime =>
  program('Deno', path, ({ msw }) => [
    ...['run', '--no-prompt', '--no-remote', '--node-modules-dir=manual', '--allow-env', '--allow-read', '--allow-sys'],
    ...(msw ? [] : ['--allow-net']),
  ])
