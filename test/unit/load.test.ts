/** What the entry points need when they are loaded: nothing that a page under jsdom, or CommonJS under jest, does not have. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'

const SRC = new URL('../../src/', import.meta.url).pathname
/** Folders of what is never loaded from an entry point. */
const APART = /^(cli|tooling)\//

afterEach(() => {
  vi.unstubAllGlobals()
  vi.resetModules()
})

/** Made by no module when it is loaded: jsdom has none of them. */
const MISSING = [
  ...[
    'TextDecoder',
    'TextEncoder',
    'Request',
    'Response',
    'Headers',
    'fetch',
    'ReadableStream',
    'Blob',
    'structuredClone',
  ],
  ...['setImmediate', 'BroadcastChannel'],
]

test.each([
  ['.', () => import('../../src/index.js')],
  ['./redis', () => import('../../src/redis.js')],
  ['./testing', () => import('../../src/testing.js')],
])('%s is loaded without the web APIs that jsdom lacks', async (_name, load) => {
  for (const missing of MISSING) vi.stubGlobal(missing, undefined)
  expect(Object.keys(await load()).length).toBeGreaterThan(0)
})

test('no file that may be loaded from an entry point has import.meta, which CommonJS has not', () => {
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' }).filter((path) => /\.[jt]s$/.test(path))
  const shipped = files.filter((path) => !APART.test(path))
  expect(shipped.length).toBeGreaterThan(20)
  expect(shipped.filter((path) => readFileSync(join(SRC, path), 'utf8').includes('import.meta'))).toEqual([])
})
