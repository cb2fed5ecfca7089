/**
 * `npm run load`: server, queue and batch under load. Prints its figures, marks those past their limits with `!`, and
 * then ends with 1. `-- --seconds N` says how long the server is loaded (60).
 */
import { parseArgs } from 'node:util'
import { batch } from './batch.js'
import { cancel, queue } from './queue.js'
import { loadServer } from './server-load.js'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' } } })
const seconds = Number(values.seconds)
if (!(seconds >= 5)) throw new TypeError(`"seconds" must be a number of at least 5. Received ${values.seconds}`)
await loadServer(seconds)
await queue(10_000)
await cancel()
await batch(100_000)
