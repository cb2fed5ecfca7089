/** The tests that Stryker runs: those of the mutated rooms, without compilers, browsers, servers of others or long waits. */
import { defineConfig, type ViteUserConfig } from 'vitest/config'

const BEHAVIOURS = [
  'attempt',
  'batch',
  'check',
  'client',
  'delivery',
  'doors',
  'form',
  'hosts',
  'judge',
  'limiter',
  'message-types',
  'mock',
  'prefer',
  'signature',
  'turn',
  'wire',
]

const config: ViteUserConfig = defineConfig({
  test: {
    include: BEHAVIOURS.map((one) => `test/${one}.test.ts`),
    fileParallelism: false,
    // A mutant that lets a test wait for ever is found by this limit; the longest of these tests takes two seconds.
    testTimeout: 8_000,
  },
})

export default config
