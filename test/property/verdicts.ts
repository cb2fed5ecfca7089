/** Each generated vector gets its verdict from the mock. */
import { createMockApi } from '../../src/testing.js'
import type { Setup } from './prove.js'
import { vectors } from './values.js'

interface Vector {
  readonly name: string
  readonly times: number
  readonly request: {
    readonly method: string
    readonly path: string
    readonly headers: Readonly<Record<string, string>>
    readonly body: readonly (string | { readonly repeat: string; readonly times: number })[]
  }
  readonly expect: {
    readonly status?: number
    readonly violation?: { readonly field: string; readonly keyword: string }
  }
}

export async function vectorsAgree(_: Setup): Promise<string> {
  const all = vectors['vectors'] as unknown as readonly Vector[]
  const keys = vectors['credentials'] as unknown as { readonly appKey: string; readonly appSecret: string }
  for (const { name, times, request, expect } of all) {
    // As many at once as it says, however long that takes.
    const api = createMockApi({ ...keys, now: () => 0 })
    const lower = Object.entries(request.headers).map(([header, value]) => [header.toLowerCase(), value])
    const body = request.body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
    const send = () => api.handle({ ...request, headers: Object.fromEntries(lower), body }).status
    const statuses = Array.from({ length: times }, send)
    const { field, keyword } = api.violations[0] ?? {}
    const found = JSON.stringify([expect.status && statuses.at(-1), field, keyword])
    const due = JSON.stringify([expect.status, expect.violation?.field, expect.violation?.keyword])
    if (found !== due) throw new Error(`vector "${name}": found ${found}, due ${due}`)
  }
  return `each vector gets its verdict: ${all.length} vectors`
}
