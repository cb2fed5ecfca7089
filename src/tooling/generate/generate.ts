/**
 * All of `generated/` from a spec, in memory: nothing is written, and no process is started.
 *
 * @module
 */
import { stringify } from 'yaml'
import { loadSpec } from './bundle.js'
import { refuseNames } from './names.js'
import { type Json, SpecError } from './openapi.js'
import { placeOf } from './place.js'
import { published } from './published.js'
import { claimWarnings, generateTables } from './tables/file.js'
import { generateMethods } from './tables/methods.js'
import { generateTypes } from './types.js'
import { generateValidators } from './validators.js'
import { generateVectors } from './vectors/file.js'

/** What a spec gives. */
export interface Generated {
  /** The text of each file of `generated/`, by its name. */
  readonly files: ReadonlyMap<string, string>
  /** What is odd about the spec, and no mistake; a line each. */
  readonly warnings: readonly string[]
}

/**
 * Lints and bundles the spec, and makes all files.
 *
 * @param root the spec's root file, relative to `cwd`
 * @param cwd the folder that has `redocly.yaml`
 * @throws SpecError with one line a mistake: `file:line:column: what`
 */
export async function generate(root: string, cwd: string): Promise<Generated> {
  const spec = await loadSpec(root, cwd)
  try {
    return await filesOf(spec)
  } catch (error) {
    if (!(error instanceof SpecError)) throw error
    throw new SpecError(`${await placeOf(root, cwd, error.at ?? [])}: ${error.message}`)
  }
}

/** All files of `generated/`, by name. */
async function filesOf(spec: Json): Promise<Generated> {
  refuseNames(spec)
  // The tables first: they refuse in words what the tools below them would trip over.
  const tables = generateTables(spec)
  const { fields, methods } = generateMethods(spec)
  const { js, dts } = generateValidators(spec)
  const { vectors, schema, declarations, warnings } = generateVectors(spec)
  const files = new Map([
    ['openapi.json', `${JSON.stringify(published(spec), null, 2)}\n`],
    ['openapi.yaml', stringify(published(spec), { aliasDuplicateObjects: false, lineWidth: 0 })],
    [
      'openapi.ts',
      `/** Types of the spec. Made by \`npm run generate\`; edit spec/ instead. */\n${await generateTypes(spec)}`,
    ],
    ['contract.ts', tables],
    ['fields.ts', fields],
    ['methods.ts', methods],
    ['validators.js', js],
    ['validators.d.ts', dts],
    ['vectors.json', vectors],
    ['vectors.schema.json', schema],
    ['vectors.d.ts', declarations],
  ])
  return { files, warnings: [...claimWarnings(spec), ...warnings] }
}
