/** The vectors in another language: needs python3. */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { startServer } from '../../../src/server.js'
import { createMockApi } from '../../../src/testing.js'
import type { KEYS } from '../../support/raw-request.js'

const FILE = fileURLToPath(new URL('../../../generated/vectors.json', import.meta.url))
const { credentials, vectors } = JSON.parse(readFileSync(FILE, 'utf8')) as {
  readonly credentials: typeof KEYS
  readonly vectors: readonly unknown[]
}

test("Python's standard library reads the file, sends all of it, and finds the same verdicts", async () => {
  const api = createMockApi(credentials)
  const server = await startServer(api)
  const args = [fileURLToPath(new URL('vectors.py', import.meta.url)), FILE, String(server.port)]
  const python = spawn('python3', args, { stdio: ['pipe', 'pipe', 'inherit'] })
  const differing: string[] = []
  for await (const line of createInterface(python.stdout)) {
    if (line !== 'reset') differing.push(line)
    else {
      api.reset()
      python.stdin.write('\n')
    }
  }
  await server.close()
  expect(differing).toEqual([JSON.stringify(['sent', vectors.length]).replace(',', ', ')])
})
