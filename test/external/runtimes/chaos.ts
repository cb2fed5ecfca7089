/**
 * `npm run test:runtimes -- chaos`: 6 000 calls to hosts that fail at random, on each runtime with its own `fetch`. Prints what the callers
 * were told and how many requests the hosts counted; fails when a message was processed twice, or a caller was told anything wrong.
 *
 * `-- 300 Bun Deno` makes as many calls on these alone. The variable SEED changes what the hosts do.
 *
 * @module
 */
import { runChaos } from '../../support/chaos.js'
import { CHAOS, commandOf } from './tools.js'

const [calls = '6000', ...names] = process.argv.slice(2)
const unknown = names.find((name) => !CHAOS.includes(name))
if (unknown !== undefined) throw new TypeError(`a runtime must be one of ${CHAOS.join(', ')}. Received ${unknown}`)
if (!/^[1-9]\d*$/.test(calls))
  throw new TypeError(`the number of calls must be a whole number above 0. Received ${calls}`)

for (const name of names.length > 0 ? names : CHAOS) {
  const { outcomes, requests, twice, wrong } = await runChaos(
    commandOf(name),
    Number(calls),
    Number(process.env['SEED'] ?? 1),
  )
  const told = Object.values(outcomes).reduce((sum, one) => sum + one, 0)
  console.log(
    `${name}: ${told} calls, ${requests} requests, ${twice.length} processed twice, ${wrong.length} told wrong`,
  )
  console.log(JSON.stringify(outcomes))
  for (const line of [...twice, ...wrong]) console.log(line)
  if (twice.length > 0 || wrong.length > 0 || told !== Number(calls)) process.exitCode = 1
}
