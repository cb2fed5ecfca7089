/**
 * Who may kill a mutant, the quick ones first: the generator, the tests that hold the contract to what people wrote
 * down, the compiler, the linter.
 *
 * Left out are the tests that hold the build and the package, and those that compare what is generated with the spec it
 * is generated from (`generate`, `fixture`): they would fail for any change, and so prove nothing.
 *
 * @module
 */
import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { TestSpecification, Vitest } from 'vitest/node'
import { createVitest } from 'vitest/node'
import { run, TSC } from '../../support/project-copy.js'

/** In the order in which most mutants die soonest. Tests that hold the clock are not asked: a busy machine kills too. */
const FILES = ['spec', 'message-types', 'answers', 'doors', 'signature', 'wire', 'mock', 'client', 'batch', 'foreign']

/** One judge: undefined when it finds nothing wrong, else what. `cwd` is the copy of the house. */
export interface Judge {
  readonly name: string
  readonly judge: () => Promise<string | undefined>
}

let turn = 0

/**
 * `npm run generate`, without a process of its own: the module is evaluated anew each time.
 *
 * A warning counts as a refusal: the spec that is committed has none.
 */
async function generator(): Promise<string | undefined> {
  let said = ''
  const { write: out } = process.stdout
  const { write: err } = process.stderr
  process.stdout.write = () => true
  process.stderr.write = (text) => {
    said += String(text)
    return true
  }
  try {
    turn += 1
    await import(`${pathToFileURL(resolve('src/generate/main.ts'))}?turn=${turn}`)
  } finally {
    process.stdout.write = out
    process.stderr.write = err
  }
  const failed = process.exitCode !== 0 && process.exitCode !== undefined
  process.exitCode = 0
  return failed || said ? said.split('\n', 1)[0] || 'failed' : undefined
}

/** Runs the files in the order given, to the first test that fails. */
class AsGiven {
  sort = async (files: TestSpecification[]): Promise<TestSpecification[]> =>
    files.toSorted((a, b) => placeOf(a) - placeOf(b))
  shard = async (files: TestSpecification[]): Promise<TestSpecification[]> => files
}

const placeOf = ({ moduleId }: TestSpecification) => FILES.findIndex((name) => moduleId.endsWith(`/${name}.test.ts`))

async function tests(vitest: Vitest): Promise<string | undefined> {
  for (const file of readdirSync('generated')) vitest.invalidateFile(resolve('generated', file))
  const project = vitest.getRootProject()
  const files = FILES.map((name) => project.createSpecification(resolve('test', `${name}.test.ts`)))
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

/** The judges of the copy in the current folder. */
export async function createJudges(): Promise<{ judges: readonly Judge[]; close: () => Promise<void> }> {
  const vitest = await createVitest(
    'test',
    {
      root: process.cwd(),
      config: false,
      watch: false,
      bail: 1,
      reporters: [{}],
      include: ['test/*.test.ts'],
      fileParallelism: false,
      testTimeout: 30_000,
      sequence: { sequencer: AsGiven },
    },
    { cacheDir: join(process.cwd(), '.vite') },
  )
  const judges: Judge[] = [
    { name: 'generate', judge: generator },
    { name: 'tests', judge: () => tests(vitest) },
    { name: 'types', judge: () => tool(TSC, ['--noEmit', '-p', '.'], /^.*error TS.*$/m) },
    { name: 'lint', judge: () => tool('@redocly/cli/bin/cli.js', ['lint', '--format=stylish'], /^.* error .*$/m) },
  ]
  return { judges, close: () => vitest.close() }
}
