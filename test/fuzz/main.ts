/** `npm run fuzz`: each property over many cases; says seed, number and time. `-- --cases N --seed S --only form`. */
import { parseArgs } from 'node:util'
import { checksAgree } from './check.js'
import { doorHolds, standInHolds } from './door.js'
import { formsCross } from './form.js'
import { generatorStands } from './generator.js'
import { housesStand } from './house.js'
import type { Setup } from './prove.js'
import { vectorsAgree } from './verdicts.js'

const PROPERTIES: Readonly<Record<string, (setup: Setup) => Promise<string>>> = {
  form: formsCross,
  check: checksAgree,
  standIn: standInHolds,
  door: doorHolds,
  generator: generatorStands,
  vectors: vectorsAgree,
  house: housesStand,
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', multiple: true, default: Object.keys(PROPERTIES) },
  },
})
const setup = { cases: Number(values.cases), seed: Number(values.seed) }
for (const name of values.only) {
  try {
    process.stdout.write(`${name}: ${await PROPERTIES[name]?.(setup)}\n`)
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
