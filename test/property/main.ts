/**
 * `npm run test:property -- fuzz`: each property over many random cases; prints its seed, their number and the time it took.
 *
 * `-- --cases N` (100 000), `--seed S` (another each time), `--only NAME` for some of them: form, check, mock, entryPoint,
 * generator, project, vectors. An operation costs more than a call: of `generator` there are a hundredth of the cases, of
 * `project` a two-hundredth. Ends with 1 when a property does not hold, after its smallest case.
 */
import { parseArgs } from 'node:util'
import { checksAgree } from './check.js'
import { entryPointHolds, mockHolds } from './entry-point.js'
import { formsCross } from './form.js'
import { generatorStands } from './generator.js'
import { projectsStand } from './project.js'
import type { Setup } from './prove.js'
import { vectorsAgree } from './verdicts.js'

interface Property {
  readonly run: (setup: Setup) => Promise<string>
  /** So many cases count as one. */
  readonly each: number
}

const PROPERTIES: Readonly<Record<string, Property>> = {
  form: { run: formsCross, each: 1 },
  check: { run: checksAgree, each: 1 },
  mock: { run: mockHolds, each: 1 },
  entryPoint: { run: entryPointHolds, each: 1 },
  generator: { run: generatorStands, each: 100 },
  project: { run: projectsStand, each: 200 },
  vectors: { run: vectorsAgree, each: 1 },
}

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    seed: { type: 'string', default: String(Date.now() % 2 ** 31) },
    only: { type: 'string', multiple: true, default: Object.keys(PROPERTIES) },
  },
})
const [cases, seed] = [Number(values.cases), Number(values.seed)]
if (!(cases >= 1 && Number.isInteger(seed))) throw new TypeError('"cases" and "seed" must be whole numbers')

for (const name of values.only) {
  const property = PROPERTIES[name]
  if (!property) throw new TypeError(`"only" must be one of ${Object.keys(PROPERTIES).join(', ')}. Received ${name}`)
  try {
    process.stdout.write(`${name}: ${await property.run({ cases: Math.ceil(cases / property.each), seed })}\n`)
  } catch (error) {
    process.stderr.write(`${name}: ${(error as Error).message}\n`)
    process.exitCode = 1
  }
}
