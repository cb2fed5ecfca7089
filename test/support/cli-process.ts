/** The command line as it is shipped: the built program, run as a child process with its own environment. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { ROOT } from './project-copy.js'

export const MAIN: string = join(ROOT, 'dist/src/cli/main.js')

/** What every child has, and nothing of this process. */
const PLAIN = { PATH: process.env['PATH'], HOME: process.env['HOME'] }

export interface Ended {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
  /** Resolves with what was printed on standard output once that holds the text. */
  readonly printed: (text: string | RegExp) => Promise<string>
}

/** Process groups that run, to be ended with the test file, also when a test has failed half-way. */
const groups = new Set<number>()
afterAll(() => {
  for (const group of groups) process.kill(-group, 'SIGKILL')
})

interface Settings {
  readonly env?: NodeJS.ProcessEnv
  /** What is piped in; `null` leaves standard input open, for the test to write. Default: nothing. */
  readonly stdin?: string | null
  readonly cwd?: string
}

/** Starts any program. */
export function start(program: string, args: readonly string[], { env = {}, stdin = '', cwd }: Settings = {}): Running {
  const child = spawn(program, args, {
    env: { ...PLAIN, ...env } as NodeJS.ProcessEnv,
    cwd: cwd ?? ROOT,
    detached: true,
  })
  const { pid } = child
  if (pid !== undefined) groups.add(pid)
  let [stdout, stderr] = ['', '']
  const watchers: (() => void)[] = []
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    stdout += text
    for (const watch of watchers) watch()
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    stderr += text
  })
  child.stdin.on('error', () => {})
  if (stdin !== null) child.stdin.end(stdin)
  const ended = new Promise<Ended>((done, fail) => {
    child.on('error', fail)
    child.on('close', (code, signal) => {
      if (pid !== undefined) groups.delete(pid)
      done({ code, signal, stdout, stderr })
    })
  })
  const printed = (text: string | RegExp) =>
    new Promise<string>((done, fail) => {
      const watch = () => {
        if (typeof text === 'string' ? stdout.includes(text) : text.test(stdout)) done(stdout)
      }
      watchers.push(watch)
      watch()
      ended.then(() => fail(new Error(`ended without "${text}":\n${stdout}\n${stderr}`)), fail)
    })
  return { child, ended, printed }
}

/** Runs any program to its end. */
export const program = (name: string, args: readonly string[], settings?: Settings): Promise<Ended> =>
  start(name, args, settings).ended

/** Starts the tool. */
export const startTool = (args: readonly string[], settings?: Settings): Running =>
  start(process.execPath, [MAIN, ...args], settings)

/** Runs the tool to its end. */
export const tool = (args: readonly string[], settings?: Settings): Promise<Ended> => startTool(args, settings).ended

/** Starts `mock` on a free port and waits for its URL. */
export async function startMock(args: readonly string[] = [], settings?: Settings): Promise<Running & { url: string }> {
  const running = startTool(['mock', '--port', '0', ...args], settings)
  const text = await running.printed(/http:\/\/\S+:\d+/)
  return { ...running, url: /http:\/\/[^\s"]+:\d+/.exec(text)?.[0] ?? '' }
}
