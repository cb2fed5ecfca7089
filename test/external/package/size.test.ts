/**
 * What an entry point costs: a budget for each, and what a program that takes one thing only does not carry.
 *
 * Measured as a bundler ships it: esbuild, minified, for ES2022, then gzip at level 9.
 */
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import { describe, expect, test } from 'vitest'
import { operationIds } from '../../../src/core/contract.js'
import { ROOT } from '../../support/project-copy.js'

interface Bundle {
  /** Bytes, gzipped. */
  readonly size: number
  /** What is in it, by path from the project's root. */
  readonly inputs: readonly string[]
}

async function bundle(contents: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents, resolveDir: ROOT },
    absWorkingDir: ROOT,
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    platform: 'neutral',
    mainFields: ['module', 'main'],
    external: ['msw', 'node:*'],
    write: false,
    metafile: true,
  })
  const [output] = Object.values(metafile.outputs)
  const inputs = Object.entries(output?.inputs ?? {}).filter(([, { bytesInOutput }]) => bytesInOutput > 0)
  return {
    size: gzipSync(outputFiles[0]?.contents ?? '', { level: 9 }).length,
    inputs: inputs.map(([path]) => path),
  }
}

describe('the size of entry point', () => {
  // Bytes, about 3 % above what is measured; what an operation adds are its tables and checks, for tests its vectors too. Raise one only for something that is worth it, and say so in the commit.
  test.each([
    ['.', 20_550, 1_500],
    ['./testing', 21_900, 3_000],
    ['./contract-tests', 36_000, 8_000],
    ['./msw', 2_060, 0],
    ['./server', 3_800, 200],
    ['./redis', 5_990, 200],
  ])('%s stays within %i bytes, and %i for each further operation', async (entry, base, more) => {
    const budget = base + (operationIds.length - 1) * more
    const { size } = await bundle(`export * from '${join('rongcloud-status-message', entry)}'`)
    console.log(`${entry}: ${size} of ${budget} bytes, gzipped`)
    expect(size).toBeLessThanOrEqual(budget)
    // A budget that is far too wide guards nothing.
    expect(size).toBeGreaterThan(base * 0.9)
  })
})

describe('a program that takes one thing only', () => {
  test.each([
    ['createSigner', 2_048, /client\/|rate-limit\/|form|validat|openapi-fetch|mock\//],
    ['createLimiter', 2_220, /client\/|form|validat|signature|openapi-fetch|mock\//],
    ['isRongCloudError', 122, /client\/|rate-limit\/|signature|contract|validat|openapi-fetch|mock\//],
  ])('%s carries no client, in at most %i bytes', async (name, budget, foreign) => {
    const { size, inputs } = await bundle(`export { ${name} } from 'rongcloud-status-message'`)
    console.log(`${name}: ${size} bytes, gzipped: ${inputs.join(', ')}`)
    expect(inputs.length).toBeGreaterThan(0)
    expect(inputs.filter((path) => foreign.test(path))).toEqual([])
    expect(size).toBeLessThanOrEqual(budget)
  })

  test('the whole entry point, for comparison, carries them', async () => {
    const { inputs } = await bundle(`export * from 'rongcloud-status-message'`)
    for (const room of [/client\/client\.js/, /rate-limit\/memory\.js/, /form\.js/, /openapi-fetch/, /validators/]) {
      expect(inputs.some((path) => room.test(path))).toBe(true)
    }
  })
})
