/** A real Redis for tests: started, killed, started again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Redis } from 'ioredis'

const freePort = (): Promise<number> =>
  new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })

export class Server {
  readonly port: number
  readonly #flags: readonly string[]
  readonly #folder = mkdtempSync(join(tmpdir(), 'redis-'))
  #child: ChildProcess | undefined

  private constructor(port: number, flags: readonly string[]) {
    this.port = port
    this.#flags = flags
  }

  static async start(...flags: string[]): Promise<Server> {
    const server = new Server(await freePort(), flags)
    await server.start()
    return server
  }

  async start(): Promise<void> {
    const flags = ['--port', String(this.port), '--bind', '127.0.0.1', '--save', '', '--appendonly', 'no']
    const child = spawn('redis-server', [...flags, '--dir', this.#folder, ...this.#flags], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    this.#child = child
    await new Promise<void>((done, fail) => {
      child.on('error', fail)
      child.stdout.on('data', (chunk) => String(chunk).includes('Ready to accept connections') && done())
    })
  }

  kill(): Promise<unknown> {
    const child = this.#child
    this.#child = undefined
    return new Promise((done) => {
      if (!child) return done(undefined)
      child.once('exit', done)
      child.kill('SIGKILL')
    })
  }

  async end(): Promise<void> {
    await this.kill()
    rmSync(this.#folder, { recursive: true, force: true })
  }

  /** Runs a command on a connection of its own. */
  async command(name: string, ...args: string[]): Promise<unknown> {
    const redis = new Redis({ port: this.port, host: '127.0.0.1' })
    try {
      return await redis.call(name, ...args)
    } finally {
      redis.disconnect()
    }
  }
}
