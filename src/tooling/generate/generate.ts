/**
 * All of `generated/` from a spec, in memory: nothing is written.
 *
 * @module
 */
import { stringify } from 'yaml'
import { loadSpec } from './bundle.js'
import type { Spec } from './openapi.js'
import { SCHEMA as PROBE_SCHEMA } from './probe-schema.js'
import { published } from './published.js'
import { assumptionTable } from './tables/assumptions.js'
import { claimWarnings, generateTables } from './tables/file.js'
import { generateMethods } from './tables/methods.js'
import { generateValidators } from './validators.js'
import { generateVectors } from './vectors/file.js'

/** What a spec gives. */
export interface Generated {
  /** The text of each file of `generated/`, by its name. */
  readonly files: ReadonlyMap<string, string>
  /** What is odd about the spec, and no mistake; a line each. */
  readonly warnings: readonly string[]
}

/** `generateTypes`, in this thread or in another. */
export type MakeTypes = (spec: Spec) => Promise<string>

/**
 * Lints and bundles the spec, and makes all files.
 *
 * @param root the spec's root file, relative to `cwd`
 * @param cwd the folder that has `redocly.yaml`
 * @throws SpecError with one line a mistake: `file:line:column: what`
 */
export async function generate(root: string, cwd: string, makeTypes: MakeTypes): Promise<Generated> {
  const spec = await loadSpec(root, cwd)
  // The types in another thread and esbuild, which the validators wait for, work while this thread makes the rest.
  const [types, { js, dts }, rest] = await Promise.all([makeTypes(spec), generateValidators(spec), generateRest(spec)])
  const files = new Map([
    ...rest.files,
    ['openapi.ts', `/** Types of the spec. Made by \`npm run generate\`; edit spec/ instead. */\n${types}`],
    ['validators.js', js],
    ['validators.d.ts', dts],
  ])
  return { files, warnings: rest.warnings }
}

/** All files but the types and the validators. */
async function generateRest(spec: Spec): Promise<Generated> {
  const { fields, methods } = generateMethods(spec)
  const document = published(spec)
  const { all, vectors, schema, declarations, warnings } = generateVectors(spec)
  const assumptions = assumptionTable(spec, all)
  const files = new Map([
    ['openapi.json', `${JSON.stringify(document)}\n`],
    ['openapi.yaml', stringify(document, { aliasDuplicateObjects: false, lineWidth: 0 })],
    ['contract.ts', generateTables(spec, assumptions.rows)],
    ['fields.ts', fields],
    ['methods.ts', methods],
    ['vectors.json', vectors],
    ['vectors.schema.json', schema],
    ['vectors.d.ts', declarations],
    ['probe.schema.json', `${JSON.stringify(PROBE_SCHEMA)}\n`],
  ])
  return { files, warnings: [...claimWarnings(spec), ...warnings, ...assumptions.warnings] }
}
