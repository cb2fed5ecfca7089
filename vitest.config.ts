import { defineConfig, type ViteUserConfig } from 'vitest/config'

const config: ViteUserConfig = defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    exclude: ['test/consumers/**'],
    globalSetup: 'test/build.ts',
    // One file after another: some tests measure time, and two at once would measure each other.
    fileParallelism: false,
    // Compilers and browsers are at work in some tests; a limit that a slow machine meets would tell nothing.
    testTimeout: 120_000,
    hookTimeout: 120_000,
    // By its path: `.bin/tsc` may be that of an older TypeScript, which the tests have beside this one.
    typecheck: {
      enabled: true,
      checker: 'node_modules/typescript/bin/tsc',
      include: ['test/**/*.test-d.ts'],
      tsconfig: 'tsconfig.json',
    },
  },
})

export default config
