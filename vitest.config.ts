import { existsSync, readdirSync } from 'node:fs'
import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config'

/** Folders that need more than Node, each with what it needs in a `package.json` of its own. */
const external = readdirSync(new URL('test/external', import.meta.url)).map((name) => `external/${name}`)

/**
 * The tests of a folder as one project, one file after another by default: they use what was built, and many look at a clock.
 * Where the folder has a `setup.ts`, that runs before the first of them.
 */
const folder = (name: string, maxWorkers = 1): TestProjectConfiguration => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    exclude: ['**/node_modules/**', 'test/external/consumers/projects/**', ...programs],
    globalSetup: [`test/${name}/setup.ts`, 'test/support/build.ts'].filter((file) => existsSync(file)),
    maxWorkers,
    // Tests that say that they may run at once mostly wait for a clock.
    maxConcurrency: 10,
    sequence: { groupOrder: 1 + maxWorkers },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})

/** Tests of `integration` that run whole programs and do not look at a clock: two files at a time, before the others. */
const programs = ['admin-routes', 'generate', 'operations', 'site', 'specs'].map(
  (name) => `test/integration/${name}.test.ts`,
)

const config: ViteUserConfig = defineConfig({
  test: {
    projects: [
      {
        test: {
          name: 'unit',
          include: ['test/unit/**/*.test.ts'],
          // As many as a small machine has cores, the one that vitest keeps for itself too: it hardly uses it.
          pool: 'threads',
          maxWorkers: 2,
          // No test takes two seconds on a machine that does nothing else.
          testTimeout: 20_000,
          // By its path: `.bin/tsc` may be that of another TypeScript.
          typecheck: {
            enabled: true,
            checker: 'node_modules/typescript/bin/tsc',
            include: ['test/unit/**/*.test-d.ts'],
            tsconfig: 'test/unit/tsconfig.types.json',
          },
        },
      },
      {
        test: {
          name: 'integration: programs',
          include: programs,
          globalSetup: 'test/support/build.ts',
          maxWorkers: 2,
          testTimeout: 120_000,
          hookTimeout: 120_000,
          sequence: { groupOrder: 1 },
        },
      },
      ...external.map((name) => folder(name, 2)),
      ...['integration', 'property', 'mutation'].map((name) => folder(name)),
    ],
  },
})

export default config
