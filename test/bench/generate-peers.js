/** Generates the clients of orval and hey-api from the published spec, into the folder that is named. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { createClient } from '@hey-api/openapi-ts'
import { generate } from 'orval'

const [folder] = process.argv.slice(2)
const spec = fileURLToPath(new URL('../../generated/openapi.yaml', import.meta.url))

/** The hook that orval calls in place of `fetch`; `peers.js` sets what it does. */
const MUTATOR = `
export let send: (url: string, init: RequestInit) => Promise<unknown>
export const setSend = (given: typeof send) => { send = given }
export const signedFetch = <T>(url: string, init: RequestInit): Promise<T> => send(url, init) as Promise<T>
`

await mkdir(folder, { recursive: true })
await writeFile(join(folder, 'mutator.ts'), MUTATOR)
await generate({
  input: { target: spec },
  output: {
    target: join(folder, 'orval.ts'),
    client: 'fetch',
    override: { mutator: { path: join(folder, 'mutator.ts'), name: 'signedFetch' } },
  },
})
await createClient({
  input: spec,
  output: join(folder, 'hey-api'),
  plugins: ['@hey-api/client-fetch', '@hey-api/sdk'],
  logs: { level: 'error' },
})
