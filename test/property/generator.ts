/** The generator over random operations: code that stands, and that means what the schemas mean; or one line that says why not. */
import fc from 'fast-check'
import ts from 'typescript'
import { stringify } from 'yaml'
import { operationsOf, type Spec } from '../../src/tooling/generate/openapi.js'
import { assumptionTable } from '../../src/tooling/generate/tables/assumptions.js'
import { generateTables } from '../../src/tooling/generate/tables/file.js'
import { generateTypes } from '../../src/tooling/generate/types.js'
import { generateValidators } from '../../src/tooling/generate/validators.js'
import { generateVectors } from '../../src/tooling/generate/vectors/file.js'
import { type Made, named, operation } from './operations.js'
import { prove, type Setup } from './prove.js'
import { spec } from './values.js'

/** The bundled spec with these operations in place of its own. */
const bundled = (made: readonly Made[]): Spec => {
  const paths = Object.fromEntries(made.map(({ path, item }) => [path, item]))
  // As the bundler writes what stands in files of their own.
  const text = JSON.stringify(paths).replaceAll('../components/schemas/ApiError.yaml', '#/components/schemas/ApiError')
  const { securitySchemes, schemas } = spec.components ?? {}
  const components = { securitySchemes, schemas: { ApiError: schemas?.['ApiError'] } }
  return { ...spec, components, paths: JSON.parse(text) } as unknown as Spec
}

function stands(name: string, source: string): void {
  const compilerOptions = { allowJs: true, target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext }
  const { diagnostics = [] } = ts.transpileModule(source, { reportDiagnostics: true, compilerOptions })
  const [first] = diagnostics
  if (first) throw new Error(`${name}: ${ts.flattenDiagnosticMessageText(first.messageText, ' ')}`)
}

export async function generatorStands(setup: Setup): Promise<string> {
  const property = fc.asyncProperty(operation, async (one) => {
    const made = named([one])
    const whole = bundled(made)
    try {
      operationsOf(whole)
      const { all, vectors } = generateVectors(whole)
      JSON.parse(vectors)
      stands('contract.ts', generateTables(whole, assumptionTable(whole, all).rows))
      stands('validators.js', (await generateValidators(whole)).js)
      stands('openapi.ts', await generateTypes(whole))
    } catch (error) {
      throw new Error(`${(error as Error).stack}\n${stringify(made[0]?.item)}`)
    }
  })
  return prove('what is generated stands', property, setup)
}
