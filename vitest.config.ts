import { existsSync, readdirSync } from 'node:fs'
import { defineConfig, type TestProjectConfiguration, type ViteUserConfig } from 'vitest/config'

/** Folders that need more than Node, each with what it needs in a `package.json` of its own. */
const external = readdirSync(new URL('test/external', import.meta.url)).map((name) => `external/${name}`)

/**
 * The tests of a folder as one project, two files at a time: they use what was built, and many wait for a clock.
 * Where the folder has a `setup.ts`, that runs before the first of them.
 */
const folder = (name: string): TestProjectConfiguration => ({
  test: {
    name,
    include: [`test/${name}/**/*.test.ts`],
    exclude: ['**/node_modules/**', 'test/external/consumers/projects/**', ...programs],
    globalSetup: [`test/${name}/setup.ts`, 'test/support/build.ts'].filter((file) => existsSync(file)),
    maxWorkers: 2,
    // Tests that say that they may run at once mostly wait for a clock.
    maxConcurrency: 10,
    sequence: { groupOrder: 2 },
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})

/** Tests of `integration` that keep a core busy and do not look at a clock: before those that do. */
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
      ...['integration', ...external, 'property', 'mutation'].map(folder),
    ],
  },
})

export default config
