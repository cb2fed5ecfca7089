/** The docs site and App Secrets in Chromium: no field asks for one, and what the user types does not leave the page. */
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, expect, inject, test } from 'vitest'
import { CANARIES, found } from '../../support/canary.js'
import { headline, launch, type Opened, open, send, type Witness } from './playground-page.js'

const [SECRET = ''] = CANARIES
let witness: Witness
let visit: Opened
beforeAll(async () => {
  witness = await launch()
  visit = await open(witness.browser, inject('site'), { permissions: ['clipboard-read', 'clipboard-write'] })
  await visit.page.waitForSelector('#pg-form')
})
afterAll(async () => {
  await visit?.close()
  await witness?.close()
})

/** Everything that the browser stores for this site. */
const storedData = (page: Page) =>
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

test('the playground has no field for a key or a secret, and says so', async () => {
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

test('typed text goes to the fragment of the address and to the mock, and nowhere else', async () => {
  const { page, requests } = visit
  const exchanges: { url: string; hasSecret: boolean; worker: boolean }[] = []
  page.on('response', async (response) => {
    const request = response.request()
    const text = [request.url(), request.postData() ?? '', ...Object.values(await request.allHeaders())].join('\n')
    exchanges.push({
      url: request.url(),
      hasSecret: found(text, SECRET).length > 0,
      worker: response.fromServiceWorker(),
    })
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
  expect(found(await storedData(page), SECRET)).toEqual([])
  const withSecret = exchanges.filter(({ hasSecret }) => hasSecret)
  expect(withSecret.length).toBeGreaterThan(2)
  for (const { url, worker } of withSecret) {
    expect(found(url, SECRET)).toEqual([])
    expect([new URL(url).pathname, worker]).toEqual([expect.stringContaining('/playground/mock/'), true])
  }
  expect(found(requests.join('\n'), SECRET)).toEqual([])
  expect(witness.elsewhere).toEqual([])
})

test('headers that are checked go nowhere: not into the address, not to the mock, not into storage', async () => {
  const { page, requests } = visit
  const area = page.getByLabel('Headers of your call')
  const address = page.url()
  const calls = () => requests.filter((one) => one.includes('/mock/')).length
  const before = calls()
  await area.fill(`App-Key: ${SECRET}\nNonce: 1\nTimestamp: 1700000000000\nSignature: ${SECRET}`)
  await page.locator('.pg-home').getByText(SECRET).waitFor()
  await page.getByRole('button', { name: 'Copy command' }).click()
  expect([page.url(), calls()]).toEqual([address, before])
  expect(found(requests.join('\n'), SECRET)).toEqual([])
  expect(found(await storedData(page), SECRET)).toEqual([])
  await page.getByRole('button', { name: 'Clear' }).click()
  await page.locator('.pg-findings li').first().waitFor({ state: 'detached' })
  expect(found(await page.locator('.pg-headers').innerHTML(), SECRET)).toEqual([])
  expect(witness.elsewhere).toEqual([])
})

test('a secret variable that is pasted is neither in the field nor in the page', async () => {
  const { page } = visit
  const area = page.getByLabel('Headers of your call')
  await area.fill(`RONGCLOUD_APP_SECRET=${SECRET}`)
  await page.getByText('That has an App Secret in it').waitFor()
  expect([await area.inputValue(), found(await page.locator('.pg-headers').innerHTML(), SECRET)]).toEqual(['', []])
})

test('the memory of the page contains the made-up secret, and not that of the build', async () => {
  const { page } = visit
  const session = await page.context().newCDPSession(page)
  let heap = ''
  session.on('HeapProfiler.addHeapSnapshotChunk', ({ chunk }) => {
    heap += chunk
  })
  await session.send('HeapProfiler.takeHeapSnapshot', { reportProgress: false })
  expect(heap).toContain('not-a-secret')
  expect(found(heap, inject('builtWith'))).toEqual([])
})
