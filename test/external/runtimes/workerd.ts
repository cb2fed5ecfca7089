/** The suite on workerd, the runtime of Cloudflare's Workers. */
import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { bundle, bundleFolder } from './bundle.js'
import type { Job, Report, Runtime } from './runtime.js'

/** A report that has not come by then never will, in milliseconds. */
const LONGEST = 240_000

const quoted = (text: string) => JSON.stringify(text)

/** A worker that may call this machine, and nothing else. */
function configuration(names: readonly string[], date: string): string {
  const modules = names.map((name) => `(name = ${quoted(name)}, esModule = embed ${quoted(name)})`)
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "suite", worker = (
      modules = [${modules.join(', ')}],
      compatibilityDate = ${quoted(date)},
      globalOutbound = "loopback",
    )),
    (name = "loopback", network = (allow = ["local"])),
  ],
  sockets = [(name = "suite", address = "127.0.0.1:0", http = (), service = "suite")],
);
`
}

/** The port that workerd tells on its control pipe. */
function portOf(control: Readable): Promise<number> {
  return new Promise((done, fail) => {
    let told = ''
    control.on('data', (chunk: Buffer) => {
      told += chunk
      const [, port] = /"port":(\d+)/.exec(told) ?? []
      if (port) done(Number(port))
    })
    control.on('close', () => fail(new Error('it has ended')))
  })
}

/** What a worker answers on a port; what workerd printed, when it does not. */
async function reportOf(child: ChildProcess, job: Job): Promise<Report> {
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk
    })
  }
  try {
    const answer = await fetch(`http://127.0.0.1:${await portOf(child.stdio[3] as Readable)}`, {
      method: 'POST',
      body: JSON.stringify({ columns: job.columns, urls: job.urls }),
      signal: AbortSignal.timeout(LONGEST),
    })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Report
  } catch (cause) {
    throw new Error(`${(cause as Error).message}: ${printed.slice(0, 1_000)}`, { cause })
  }
}

/** `workerd 2026-11-17`, which is also the newest date it is compatible with. */
const dateOf = (path: string): Promise<string> =>
  new Promise((done, fail) => {
    execFile(path, ['--version'], (error, stdout) => {
      const [date] = /\d{4}-\d\d-\d\d/.exec(stdout) ?? []
      if (date) done(date)
      else fail(error ?? new Error(`${path} tells no version`))
    })
  })

/** @param date that the worker was written for; default: the newest */
export const workerd = (name: string, path: string, date?: string): Runtime => ({
  name,
  version: () => dateOf(path),
  run: async (job) => {
    const folder = bundleFolder(job, name)
    const names = await bundle(job, 'worker', folder, ['workerd', 'worker'])
    const config = join(folder, 'config.capnp')
    await writeFile(config, configuration(names, date ?? (await dateOf(path))))
    const child = spawn(path, ['serve', '--control-fd=3', config], { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
    const ended = new Promise((done) => child.on('close', done))
    try {
      return await reportOf(child, job)
    } finally {
      child.kill('SIGKILL')
      await ended
    }
  },
})
