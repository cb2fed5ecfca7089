import { defineConfig, type ViteUserConfig } from 'vitest/config'

/** Long, and no clock in them: compilers, the generator, the linter, the docs site. */
const LONG = ['fixture', 'foreign', 'fuzz', 'generate', 'house', 'package', 'spec', 'vectors'].map(
  (name) => `test/${name}.test.ts`,
)

const config: ViteUserConfig = defineConfig({
  test: {
    globalSetup: 'test/support/build.ts',
    // Compilers and browsers are at work in some tests; a limit that a slow machine meets would tell nothing.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    projects: [
      {
        extends: true,
        test: {
          name: 'side by side',
          maxWorkers: 2,
          include: [...LONG, 'test/external/package/**/*.test.ts', 'test/external/browser/**/*.test.ts'],
          // By its path: `.bin/tsc` may be that of an older TypeScript, which the tests have beside this one.
          typecheck: {
            enabled: true,
            checker: 'node_modules/typescript/bin/tsc',
            include: ['test/**/*.test-d.ts'],
            tsconfig: 'tsconfig.json',
          },
        },
      },
      {
        extends: true,
        test: {
          name: 'one by one',
          // Some of these measure time, and two at once would measure each other.
          include: ['test/**/*.test.ts'],
          exclude: [...LONG, 'test/{consumers,package,site}/**'],
          fileParallelism: false,
          sequence: { groupOrder: 1 },
        },
      },
    ],
  },
})

export default config
