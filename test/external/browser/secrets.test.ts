/** The docs site and App Secrets: none goes into it when it is built, none has a place in it, and what is typed stays where it is typed. */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync, inflateRawSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { CANARIES, found } from '../../support/canary.js'
import { type BuiltSite, buildSite } from './built.js'
import { headline, launch, type Opened, open, send, type Witness } from './playground-page.js'

const [SECRET = ''] = CANARIES
/** Another one, which only the environment of the build has. */
const BUILT_WITH = 'Zq7vW-OfTheBu1ld'

/** Made up by the playground; the published vector of the vendor and the App Key of its examples; placeholders. */
const MADE_UP = ['not-a-secret', 'another-secret', 'Y1W2MeFwwwRxa0', 'uwd1c0sxdlx2']

let site: BuiltSite
let witness: Witness
let visit: Opened
beforeAll(async () => {
  process.env['RONGCLOUD_APP_SECRET'] = BUILT_WITH
  ;[site, witness] = await Promise.all([buildSite(), launch()])
  visit = await open(witness.browser, site.folder, { permissions: ['clipboard-read', 'clipboard-write'] })
  await visit.page.waitForSelector('#pg-form')
})
afterAll(async () => {
  delete process.env['RONGCLOUD_APP_SECRET']
  await visit?.close()
  await witness?.close()
  await site?.remove()
})

/** Files with their text; of an archive, the text of each file in it. */
async function files(): Promise<(readonly [name: string, text: string])[]> {
  const names = (await readdir(site.folder, { recursive: true, withFileTypes: true })).filter((one) => one.isFile())
  return Promise.all(
    names.map(async ({ parentPath, name }) => {
      const bytes = await readFile(join(parentPath, name))
      if (name.endsWith('.gz')) return [name, gunzipSync(bytes).toString()] as const
      return [name, name.endsWith('.zip') ? unzipped(bytes) : bytes.toString()] as const
    }),
  )
}

/** All files of an archive as one text, read by its local headers. */
function unzipped(bytes: Buffer): string {
  let text = ''
  for (let at = 0; at + 30 <= bytes.length && bytes.readUInt32LE(at) === 0x04034b50; ) {
    const [packed, size] = [bytes.readUInt16LE(at + 8) === 8, bytes.readUInt32LE(at + 18)]
    const start = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28)
    const body = bytes.subarray(start, start + size)
    text += `${bytes.subarray(at + 30, start)}\n${packed ? inflateRawSync(body) : body}\n`
    at = start + size
  }
  return text
}

test('no file of the site has the secret of who built it', async () => {
  const all = await files()
  expect(all.length).toBeGreaterThan(20)
  expect(all.find(([name]) => name.endsWith('.zip'))?.[1]).toContain('toGroupId')
  expect(all.filter(([, text]) => found(text, BUILT_WITH).length > 0).map(([name]) => name)).toEqual([])
})

test('what stands beside the word App Secret is made up, and documented as such', async () => {
  const given = /app_?-?secret["'`]?\s*(?:=>|[:=])\s*["'`]([\w+/-]{8,})["'`]/gi
  const all = (await files()).filter(([name]) => !name.startsWith('redoc'))
  const values = new Set(all.flatMap(([, text]) => [...text.matchAll(given)].map(([, value]) => value)))
  expect(values).toContain('Y1W2MeFwwwRxa0')
  expect([...values].filter((one) => !MADE_UP.includes(one ?? ''))).toEqual([])
})

/** All that a browser keeps for this site, and what it shows beside the fields. */
const kept = (page: Page) =>
  page.evaluate(async () => {
    const entries = async (name: string) => {
      const cache = await caches.open(name)
      return Promise.all((await cache.keys()).map(async (one) => one.url + (await (await cache.match(one))?.text())))
    }
    const workers = await navigator.serviceWorker.getRegistrations()
    return JSON.stringify({
      title: document.title,
      cookie: document.cookie,
      name: window.name,
      referrer: document.referrer,
      history: [history.state, history.length],
      local: { ...localStorage },
      session: { ...sessionStorage },
      databases: await indexedDB.databases(),
      caches: await Promise.all((await caches.keys()).map(entries)),
      workers: workers.map(({ scope, active }) => [scope, active?.scriptURL]),
      address: location.origin + location.pathname + location.search,
      statics: Object.values(Object.getOwnPropertyDescriptors(document.documentElement.dataset)),
    })
  })

test('the playground has no place for a key or a secret, and says so', async () => {
  const { page } = visit
  const named = await page
    .locator('input, textarea, select')
    .evaluateAll((all) =>
      all.map(
        (one) =>
          `${(one as HTMLInputElement).type} ${one.id} ${(one as HTMLInputElement).labels?.[0]?.textContent ?? ''}`,
      ),
    )
  expect(named.length).toBeGreaterThan(8)
  expect(named.filter((one) => /password|app.?key|secret/i.test(one))).toEqual([
    expect.stringContaining('Sign with a wrong secret (another-secret)'),
  ])
  expect(await page.locator('main').textContent()).toContain('never put real ones into a page')
})

test('what is typed goes into the part of the address that no server sees, to the stand-in, and nowhere else', async () => {
  const { page, requests } = visit
  const bodies: { url: string; told: boolean; worker: boolean }[] = []
  page.on('response', async (response) => {
    const request = response.request()
    const told = [request.url(), request.postData() ?? '', ...Object.values(await request.allHeaders())].join('\n')
    bodies.push({ url: request.url(), told: found(told, SECRET).length > 0, worker: response.fromServiceWorker() })
  })
  await page.evaluate(() => {
    for (const one of document.querySelectorAll('details')) one.setAttribute('open', '')
  })
  const inputs = page.locator('.pg-fields input[type=text], .pg-fields textarea')
  const count = await inputs.count()
  expect(count).toBeGreaterThan(4)
  for (let i = 0; i < count; i++) await inputs.nth(i).fill(`${SECRET}${i}`)
  await page.getByRole('checkbox', { name: /checks the request/ }).uncheck()
  await send(page)
  await page.getByRole('button', { name: 'Copy link' }).click()
  await page.getByRole('button', { name: /at once/ }).press('Enter')
  await page.waitForFunction(() => /calls accepted/.test(document.querySelector('.pg-headline')?.textContent ?? ''))
  expect(await headline(page).textContent()).toMatch(/calls accepted/)

  expect(found(new URL(page.url()).hash, SECRET)).not.toEqual([])
  expect(found(await kept(page), SECRET)).toEqual([])
  const told = bodies.filter((one) => one.told)
  expect(told.length).toBeGreaterThan(2)
  for (const { url, worker } of told) {
    expect(found(url, SECRET)).toEqual([])
    expect([new URL(url).pathname, worker]).toEqual([expect.stringContaining('/playground/stand-in/'), true])
  }
  expect(found(requests.join('\n'), SECRET)).toEqual([])
  expect(witness.elsewhere).toEqual([])
})

test('the memory of the page holds the made-up secrets and no other', async () => {
  const { page } = visit
  const session = await page.context().newCDPSession(page)
  let heap = ''
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    heap += chunk
  })
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  expect(heap).toContain('not-a-secret')
  expect(found(heap, BUILT_WITH)).toEqual([])
})
