/** The tests that Stryker runs: the unit tests of the folders whose files are mutated, and of the server those on sockets. */
import { defineConfig, type ViteUserConfig } from 'vitest/config'
import { NearestFirst } from './nearest-first.js'

const config: ViteUserConfig = defineConfig({
  test: {
    include: [
      'test/unit/{client,core,mock,rate-limit}/**/*.test.ts',
      'test/integration/{http-server,mock-faults}.test.ts',
    ],
    fileParallelism: false,
    sequence: { sequencer: NearestFirst },
    // A mutant that lets a test wait for ever is found by this limit; no unit test takes longer than two seconds.
    testTimeout: 8_000,
  },
})

export default config
