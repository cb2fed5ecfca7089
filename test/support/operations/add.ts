/**
 * Adds two operations to the spec of this checkout, for a run of all tests with a contract that has more than one:
 * `npx tsx test/support/operations/add.ts && npm run generate && npm run test:all`. `git checkout . && git clean -f spec` takes them away again.
 */
import { cp, readFile, writeFile } from 'node:fs/promises'

const paths = ['reaction_send', 'seat_take']
const lines = paths.map((one) => `  /${one.replace('_', '/')}.json:\n    $ref: paths/${one}.yaml\n`).join('')
const root = await readFile('spec/openapi.yaml', 'utf8')
if (root.includes(lines)) throw new Error('spec/openapi.yaml has them already')
await Promise.all(paths.map((one) => cp(`test/support/operations/more/${one}.yaml`, `spec/paths/${one}.yaml`)))
await writeFile(
  'spec/openapi.yaml',
  root.replace(/^components:/m, (head) => lines + head),
)
