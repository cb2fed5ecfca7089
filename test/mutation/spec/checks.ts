/**
 * Who may kill a mutant, the quick ones first: the generator, the tests that hold the contract to what people wrote
 * down, the compiler, the linter.
 *
 * Left out are the tests that hold the build and the package, and those that compare what is generated with the spec it
 * is generated from (`test/unit/tooling/generate`, `vectors`): they would fail for any change, and so prove nothing.
 *
 * @module
 */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import type { TestSpecification, Vitest } from 'vitest/node'
import { createVitest } from 'vitest/node'
import { run, TSC } from '../../support/project-copy.js'
import { generateIn } from '../../support/spec-copy.js'

/**
 * Folders and files of `test/unit`. Those of the rate limit are not asked: they hold the clock, and a busy machine kills too;
 * nor those of secrets, which need what is built.
 */
const ASKED = /^(spec\.test\.ts|(core\/(?!redact)|client\/|mock\/).*\.test\.ts)$/

/** The tests, from the one by which most mutants die. */
const filesOf = (folder: string): string[] =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter((name) => ASKED.test(name))
    .toSorted((a, b) => Number(b === 'spec.test.ts') - Number(a === 'spec.test.ts') || a.localeCompare(b))
    .map((name) => resolve(folder, name))

// Of the copy in the current folder.
const FILES = filesOf('test/unit')

/** One check: undefined when it finds nothing wrong, else what. `cwd` is the copy of the project. */
export interface Check {
  readonly name: string
  readonly check: () => Promise<string | undefined>
}

/** Generates; a warning counts as a refusal: the spec that is committed has none. */
async function generator(): Promise<string | undefined> {
  try {
    const [warning] = (await generateIn(process.cwd())).warnings
    return warning
  } catch (error) {
    return (error as Error).message.split('\n', 1)[0] || 'failed'
  }
}

/** Runs the files in the order given, to the first test that fails. */
class AsGiven {
  sort = async (files: TestSpecification[]): Promise<TestSpecification[]> =>
    files.toSorted((a, b) => FILES.indexOf(a.moduleId) - FILES.indexOf(b.moduleId))
  shard = async (files: TestSpecification[]): Promise<TestSpecification[]> => files
}

async function tests(vitest: Vitest): Promise<string | undefined> {
  for (const file of readdirSync('generated')) vitest.invalidateFile(resolve('generated', file))
  const project = vitest.getRootProject()
  const files = FILES.map((file) => project.createSpecification(file))
  const { testModules, unhandledErrors } = await vitest.runTestSpecifications(files, true)
  process.exitCode = 0
  for (const module of testModules) {
    const [failed] = module.children.allTests('failed')
    if (failed) return `${module.relativeModuleId} > ${failed.fullName}`
    const [error] = module.errors()
    if (error) return `${module.relativeModuleId}: ${error.message.split('\n', 1)[0]}`
  }
  return unhandledErrors.length > 0 ? `an error outside the tests: ${String(unhandledErrors[0])}` : undefined
}

async function tool(script: string, args: readonly string[], line: RegExp): Promise<string | undefined> {
  const { code, stdout, stderr } = await run(process.cwd(), script, args)
  return code === 0 ? undefined : (line.exec(stdout + stderr)?.[0] ?? `${script} ended with ${code}`)
}

/** The checks of the copy in the current folder. */
export async function createChecks(): Promise<{ checks: readonly Check[]; close: () => Promise<void> }> {
  const vitest = await createVitest(
    'test',
    {
      root: process.cwd(),
      config: false,
      watch: false,
      bail: 1,
      reporters: [{}],
      include: ['test/unit/**/*.test.ts'],
      fileParallelism: false,
      testTimeout: 30_000,
      sequence: { sequencer: AsGiven },
    },
    { cacheDir: join(process.cwd(), '.vite') },
  )
  const checks: Check[] = [
    { name: 'generate', check: generator },
    { name: 'tests', check: () => tests(vitest) },
    { name: 'types', check: () => tool(TSC, ['--noEmit', '-p', '.'], /^.*error TS.*$/m) },
    { name: 'lint', check: () => tool('@redocly/cli/bin/cli.js', ['lint', '--format=stylish'], /^.* error .*$/m) },
  ]
  return { checks, close: () => vitest.close() }
}
