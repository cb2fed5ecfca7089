/** The suite in a process of Node, Bun or Deno: columns and URLs come in the environment, the report is printed. */
import process from 'node:process'
import { runSuite } from './suite.mjs'

async function intercept(handlers, options) {
  const { setupServer } = await import('msw/node')
  const server = setupServer(...handlers)
  server.listen(options)
  return () => server.close()
}

/** What `watch.mjs` has seen, where it runs. */
const connected = globalThis.seen && (() => globalThis.seen().sockets)

const { columns, urls } = JSON.parse(process.env.MATRIX)
const report = await runSuite(columns, { urls, intercept, connected })
process.stdout.write(`\n${JSON.stringify(report)}\n`, () => process.exit())
