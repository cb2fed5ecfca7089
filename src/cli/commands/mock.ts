/**
 * `mock`: the mock as a server, until it is told to end.
 *
 * @module
 */
import { type Arguments, type Command, type Flags, UsageError } from '../args.js'
import { appKeyOf, appSecretOf, KEY_FLAGS } from '../credentials.js'
import { MADE_UP, PORT } from '../defaults.js'
import { TOOL } from '../help.js'
import type { Io } from '../io.js'
import { MOCK_FLAGS, type Mock, startMock, verdictLine } from '../mock-options.js'
import type { Output } from '../output.js'

const FLAGS: Flags = {
  port: { value: 'PORT', about: `Port; 0 takes a free one. Default ${PORT}.` },
  host: { value: 'HOST', about: 'Address to listen on. Default 127.0.0.1: only this machine.' },
  ...MOCK_FLAGS,
  ...KEY_FLAGS,
  json: { about: 'Prints a line of JSON for the start and for each call.' },
}

const loopback = (host: string): boolean => /^(localhost|127(\.\d+){3}|::1)$/i.test(host)

/** In words, what a program that reads would get as JSON. */
function announce({ server }: Mock, appKey: string, ownSecret: boolean, { stdout }: Output): void {
  const secret = ownSecret ? '(yours, not printed)' : `${MADE_UP.appSecret} (made up for the mock, so no secret)`
  stdout.line(`Mock at  ${stdout.paint('bold', server.url)}\nApp Key      ${appKey}\nApp Secret   ${secret}`)
}

function failed(error: unknown, port: number, host: string): Error {
  const { code } = error as NodeJS.ErrnoException
  if (code === 'EADDRINUSE') return new UsageError(`Port ${port} is taken; choose another --port, or 0 for a free one`)
  if (code === 'EACCES') return new UsageError(`"--port" must be one that you may listen on. Received ${port}`)
  if (code === 'ENOTFOUND' || code === 'EADDRNOTAVAIL' || code === 'EAI_AGAIN') {
    return new UsageError(`"--host" must be an address of this machine. Received ${JSON.stringify(host)}`)
  }
  return error as Error
}

/** Resolves at the first of the signals. Each is caught once: a second one ends the process. */
const ended = (onSignal: Io['onSignal']): Promise<void> =>
  new Promise((done) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) {
      const stop = onSignal(signal, () => {
        stop()
        done()
      })
    }
  })

async function run(args: Arguments, output: Output, { env, onSignal }: Io): Promise<number> {
  const { stdout, warn } = output
  const given = appSecretOf(args, output, env)
  const keys = { appKey: appKeyOf(args, env) ?? MADE_UP.appKey, appSecret: given ?? MADE_UP.appSecret }
  const host = args.text('host') ?? '127.0.0.1'
  const port = args.number('port', 0, 65_535) ?? PORT
  if (!loopback(host)) warn(`${host} lets other machines in; whoever reaches it sees and drives the mock`)

  const json = args.on('json')
  const end = ended(onSignal)
  const mock = await startMock(args, { ...keys, host, port }, (call) => {
    const { operation, at, method, path, body, status, violations } = call
    stdout.line(
      json
        ? JSON.stringify({ event: 'call', operation, at, method, path, body, status, violations })
        : verdictLine(call, stdout),
    )
  }).catch((error: unknown) => {
    throw failed(error, port, host)
  })
  if (json) {
    const secret = given === undefined ? { appSecret: keys.appSecret } : {}
    stdout.line(JSON.stringify({ event: 'listening', url: mock.server.url, appKey: keys.appKey, ...secret }))
  } else announce(mock, keys.appKey, given !== undefined, output)
  await end
  await mock.server.close()
  return 0
}

/** The command. */
export const command: Command = {
  usage: '[flags]',
  about:
    "Runs the mock of the API until SIGINT or SIGTERM. It checks each call against the contract, answers in the vendor's words, and prints one line per call. Without keys it takes made-up ones, which it prints; an App Secret of yours is never printed.",
  flags: () => FLAGS,
  exits: ['0  ended by SIGINT or SIGTERM', '2  wrong use of the command line, or a port that cannot be had'],
  examples: () => [
    `${TOOL} mock`,
    `${TOOL} mock --port 0 --strict --json`,
    `RONGCLOUD_APP_KEY=key RONGCLOUD_APP_SECRET=secret ${TOOL} mock --no-rate-limit`,
  ],
  run,
}
