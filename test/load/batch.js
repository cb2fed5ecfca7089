/** A batch of very many groups: outcomes come from the start and steadily, none is lost, and memory stays flat. */
import { createClient } from '../../dist/src/index.js'
import { FIELDS, heap, KEYS, report } from './report.js'

export async function batch(groups) {
  const fetch = async () => new Response('{"code":200}')
  const client = createClient({ ...KEYS, baseUrl: 'http://x', fetch, limiter: false })
  const toGroupId = Array.from({ length: groups }, (_, i) => `g${i}`)
  const all = client.batch.sendGroupStatusMessage({ ...FIELDS, fromUserId: '1', toGroupId })
  const start = performance.now()
  const heaps = []
  let [told, outcomes, first, last, gap] = [0, 0, 0, start, 0]
  for await (const { chunk, error } of all) {
    const now = performance.now()
    first ||= now - start
    if (error === undefined) told += chunk.length
    gap = Math.max(gap, now - last)
    if (++outcomes % 2_000 === 0) heaps.push(heap())
    last = performance.now()
  }
  const [early, late] = [heaps[1], heaps.at(-1)]
  report(`batch of ${groups}`, `${outcomes} outcomes in ${((performance.now() - start) / 1_000).toFixed(1)} s`)
  report('batch: groups told', told, told === groups)
  report('batch: the first outcome after', `${first.toFixed(1)} ms`, first < 1_000)
  report('batch: longest time without one', `${gap.toFixed(1)} ms`, gap < 1_000)
  report('batch: heap', `${early.toFixed(1)} MB early, ${late.toFixed(1)} MB late`, late - early < 3)
}
