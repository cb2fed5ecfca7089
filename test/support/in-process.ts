/**
 * Replaces the server and the child process of `mock` and `test`. A test file mocks the real modules with it:
 *
 *     vi.mock('../../../src/server.js', () => import('../../support/in-process.js'))
 *     vi.mock('../../../src/cli/run-command.js', () => import('../../support/in-process.js'))
 */

import type { Env } from '../../src/cli/io.js'
import type { Ended } from '../../src/cli/run-command.js'
import { createAdminRoutes } from '../../src/mock/admin-routes.js'
import { createFetch } from '../../src/mock/fetch.js'
import type { RunningServer, ServedApi, ServerOptions } from '../../src/server.js'

/** The running servers, by URL. */
const servers = new Map<string, typeof globalThis.fetch>()
/** The next free port, unless a test asks for that number. */
let freePort = 50_000

/** Addresses where a server may listen. */
const HERE = /^(localhost|127(\.\d+){3}|::1|0\.0\.0\.0)$/i

/** Errors of the system by host, where that is not ENOTFOUND. */
const FAILURES: Readonly<Record<string, string>> = {
  '203.0.113.1': 'EADDRNOTAVAIL',
  'forbidden.here': 'EACCES',
  'broken.here': 'EIO',
}

const systemError = (code: string) => Object.assign(new Error(code), { code })

/** Serves at a URL that only `send` below can reach. */
export async function startServer(
  api: ServedApi,
  { host = '127.0.0.1', port = 0, control: hasControl = true }: ServerOptions = {},
): Promise<RunningServer> {
  if (!HERE.test(host)) throw systemError(FAILURES[host] ?? 'ENOTFOUND')
  const taken = port === 0 ? freePort++ : port
  const url = `http://${host.includes(':') ? `[${host}]` : host}:${taken}`
  if (servers.has(url)) throw systemError('EADDRINUSE')
  const control = hasControl ? createAdminRoutes(api) : undefined
  servers.set(
    url,
    createFetch((request) => control?.(request) ?? api.handle(request)),
  )
  return {
    url,
    port: taken,
    close: async () => {
      servers.delete(url)
    },
  }
}

/** A `fetch` that reaches the servers above, and nothing else. */
export const send: typeof globalThis.fetch = async (input, init) => {
  const server = servers.get(new URL(input instanceof Request ? input.url : input).origin)
  if (!server) throw new TypeError('fetch failed', { cause: systemError('ECONNREFUSED') })
  return server(input, init)
}

/** A program: a function from arguments and environment to its result. */
type Program = (args: readonly string[], env: Env) => Ended | Promise<Ended>

/** The programs that can be found, by name; a test adds its own. */
export const programs: Map<string, Program> = new Map<string, Program>([['true', () => ({ code: 0 })]])

/** Runs one of the programs. */
export async function runProgram([name = '', ...args]: readonly string[], env: Env): Promise<Ended> {
  const program = programs.get(name)
  return program ? program(args, env) : { code: 127, failure: 'cannot be found' }
}
