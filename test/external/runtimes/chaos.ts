/** By hand, after a build: `tsx test/external/runtimes/chaos.ts CALLS PROGRAM [ARGUMENT…]`, such as `… 6000 node`, `… 300 deno run --allow-all`. */
import { runChaos } from '../../support/chaos.js'

const [calls = '300', ...runtime] = process.argv.slice(2)
const program = runtime.length > 0 ? runtime : [process.execPath]
console.log(JSON.stringify(await runChaos(program, Number(calls), Number(process.env['SEED'] ?? 1))))
