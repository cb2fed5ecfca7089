/** The suite on workerd, the runtime of Cloudflare's Workers. */
import { execFile, spawn } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { bundle, bundleFolder } from './bundle.js'
import type { Job, Report, Runtime } from './runtime.js'

/** A report that has not come by then never will, in milliseconds. */
const LONGEST = 240_000

const quoted = (text: string) => JSON.stringify(text)

/** May call this machine, and nothing else. */
const LOOPBACK = 'network = (allow = ["local"])'

function configuration(names: readonly string[], date: string, outbound: string): string {
  const modules = names.map((name) => `(name = ${quoted(name)}, esModule = embed ${quoted(name)})`)
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "worker", worker = (
      modules = [${modules.join(', ')}],
      compatibilityDate = ${quoted(date)},
      globalOutbound = "outbound",
    )),
    (name = "outbound", ${outbound}),
  ],
  sockets = [(name = "worker", address = "127.0.0.1:0", http = (), service = "worker")],
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

/** A worker to serve. */
export interface WorkerFiles {
  /** Where its modules are; the configuration goes there too. */
  readonly folder: string
  /** File names of its modules, the entry first. */
  readonly names: readonly string[]
  /** Compatibility date. */
  readonly date: string
  /** `host:port` that all its requests go to, whatever host they name. Default: the host that they name, on this machine. */
  readonly upstream?: string
}

export interface RunningWorker {
  readonly url: string
  /** What workerd has printed so far. */
  readonly printed: () => string
  readonly stop: () => Promise<void>
}

/** @param path of workerd */
export async function serveWorker(path: string, worker: WorkerFiles): Promise<RunningWorker> {
  const { folder, names, date, upstream } = worker
  const config = join(folder, 'config.capnp')
  const outbound = upstream ? `external = (address = ${quoted(upstream)}, http = ())` : LOOPBACK
  await writeFile(config, configuration(names, date, outbound))
  const child = spawn(path, ['serve', '--control-fd=3', config], { stdio: ['ignore', 'pipe', 'pipe', 'pipe'] })
  const ended = new Promise((done) => child.on('close', done))
  let printed = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      printed += chunk
    })
  }
  const stop = async () => {
    child.kill('SIGKILL')
    await ended
  }
  try {
    const port = await portOf(child.stdio[3] as Readable)
    return { url: `http://127.0.0.1:${port}`, printed: () => printed, stop }
  } catch (cause) {
    await stop()
    throw new Error(`${(cause as Error).message}: ${printed.slice(0, 1_000)}`, { cause })
  }
}

/** What the suite's worker answers; what workerd printed, when it does not. */
async function reportOf({ url, printed }: RunningWorker, job: Job): Promise<Report> {
  try {
    const answer = await fetch(url, {
      method: 'POST',
      body: JSON.stringify({ columns: job.columns, urls: job.urls }),
      signal: AbortSignal.timeout(LONGEST),
    })
    if (!answer.ok) throw new Error(`HTTP ${answer.status}: ${await answer.text()}`)
    return (await answer.json()) as Report
  } catch (cause) {
    throw new Error(`${(cause as Error).message}: ${printed().slice(0, 1_000)}`, { cause })
  }
}

/** `workerd 2026-11-17`, which is also the newest date it is compatible with. */
export const dateOf = (path: string): Promise<string> =>
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
    const worker = await serveWorker(path, { folder, names, date: date ?? (await dateOf(path)) })
    try {
      return await reportOf(worker, job)
    } finally {
      await worker.stop()
    }
  },
})
