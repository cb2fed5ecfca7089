/**
 * The order in which a mutant meets its tests. Stryker stops at the first test that fails, and most mutants are found by the
 * tests of the file that they are in. So those come first, then those of its folder; among equals, what failed last time,
 * then what takes least time. Vitest's own order is the contrary: the largest first.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Stryker's call that asks which mutant is active, with the ids of those in this place. */
const PLACE = /stryMutAct_\w+\(([^)]*)\)/g

/** The file of each mutant, from what Stryker wrote into the sources: `core/form.ts`. */
function filesOfMutants(root: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>()
  for (const name of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })) {
    if (!name.endsWith('.ts')) continue
    const text = readFileSync(join(root, 'src', name), 'utf8')
    for (const [, ids = ''] of text.matchAll(PLACE)) {
      for (const [, id = ''] of ids.matchAll(/"(\d+)"/g)) files.set(id, name)
    }
  }
  return files
}

const TESTS = join('test', 'unit')

/** 0 for the tests of the file itself, 1 for those of its folder, 2 for others. */
function distance(test: string, source: string): number {
  const path = relative(TESTS, test)
  if (dirname(path).split('/')[0] !== dirname(source).split('/')[0]) return 2
  return basename(path).split('.')[0] === basename(source).split('.')[0] ? 0 : 1
}

export class NearestFirst extends BaseSequencer {
  #files: ReadonlyMap<string, string> | undefined

  override async sort(specifications: TestSpecification[]): Promise<TestSpecification[]> {
    const { activeMutant } = this.ctx.getRootProject().getProvidedContext() as { readonly activeMutant?: string }
    const { root } = this.ctx.config
    this.#files ??= filesOfMutants(root)
    const source = this.#files.get(activeMutant ?? '') ?? ''
    const keys = new Map(
      specifications.map((one) => {
        const path = relative(root, one.moduleId)
        const key = `${one.project.name}:${path}`
        const { failed = false, duration = 0 } = this.ctx.cache.getFileTestResults(key) ?? {}
        return [one, [distance(path, source), failed ? 0 : 1, duration]] as const
      }),
    )
    const order = (one: TestSpecification) => keys.get(one) ?? []
    return specifications.toSorted((a, b) => {
      const [first, second] = [order(a), order(b)]
      const at = first.findIndex((value, i) => value !== second[i])
      return at < 0 ? 0 : (first[at] as number) - (second[at] as number)
    })
  }
}
