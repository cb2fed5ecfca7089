/** Two apps, a thousand calls at once, aborted at random; then nothing may keep the process alive. */
import { createClient } from '../../../../src/index.js'

const [url = ''] = process.argv.slice(2)
const clients = ['one', 'two'].map((name) =>
  createClient({ appKey: name, appSecret: `${name}-secret`, baseUrl: url, deadline: 60_000, timeout: 60_000 }),
)
const kinds: Record<string, number> = {}
await Promise.all(
  Array.from({ length: 1_000 }, async (_, i) => {
    const controller = new AbortController()
    const timer = setTimeout(() => controller.abort(), Math.random() * 800)
    const client = clients[i % 2] as (typeof clients)[number]
    const fields = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'x' } as const
    const { error } = await client.safe.sendGroupStatusMessage(fields, { signal: controller.signal })
    // The timer of this program, not of the client.
    clearTimeout(timer)
    const kind = error?.kind ?? 'ok'
    kinds[kind] = (kinds[kind] ?? 0) + 1
  }),
)
const handles = process.getActiveResourcesInfo().filter((name) => name !== 'PipeWrap' && name !== 'TTYWrap')
console.log(JSON.stringify({ kinds, handles, done: Date.now() }))
