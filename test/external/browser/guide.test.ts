/** The first page in Chromium: all of it without JavaScript, laid out when it comes near, samples that change, and paper. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Served, serveSite, type Visit, visit } from './built.js'
import { launchChromium } from './chromium.js'

let served: Served
let browser: Awaited<ReturnType<typeof launchChromium>>
let guide: Visit
beforeAll(async () => {
  browser = await launchChromium()
  served = await serveSite(inject('site'))
  guide = await visit(browser, served.url, { javaScriptEnabled: false })
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** Places within the part of the page that is about the operation of which the tests know. */
const own = (selector: string) => guide.page.locator(`[aria-labelledby="sendGroupStatusMessage"] ${selector}`)

test('shows without JavaScript all that it says of an operation, but for what is folded', async () => {
  const rows = own('.rows > div')
  const all = await rows.count()
  expect(all).toBeGreaterThan(20)
  const folded = await own('details .rows > div').count()
  expect(await own('.rows > div:visible').count()).toBe(all - folded)
  expect(await guide.page.locator('script').count()).toBe(0)
})

describe('what is below the window', () => {
  const TOP = { width: 1280, height: 900 }

  test('is laid out when it comes near, and each entry of the contents leads to its heading', async () => {
    const { page, close } = await visit(browser, served.url, { viewport: TOP })
    const laidOut = () =>
      page
        .locator('.content section > :last-child')
        .evaluateAll((all) => all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).length)
    const sections = await page.locator('.content section:not(.call)').count()
    expect(await laidOut()).toBeLessThan(sections / 2)
    const ids = await page
      .locator('.toc a')
      .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))
    expect(ids.length).toBeGreaterThan(8)
    for (const id of [...ids, ...ids.toReversed()]) {
      await page.locator(`.toc a[href="${id}"]`).click()
      await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))))
      const [top = 0, atEnd] = await page
        .locator(id)
        .evaluate(
          (one) =>
            [
              one.getBoundingClientRect().top,
              Math.ceil(scrollY + innerHeight) >= document.documentElement.scrollHeight - 1,
            ] as const,
        )
      expect([id, top >= 0 && (top < 60 || atEnd) && top < TOP.height]).toEqual([id, true])
    }
    await close()
  })

  test('is found by a link from elsewhere, by a search in the page, and on paper', async () => {
    const { page, close } = await visit(browser, `${served.url}#signing`, { viewport: TOP })
    expect(Math.round((await page.locator('#signing').boundingBox())?.y ?? -1)).toBeLessThan(60)
    await page.evaluate(() => scrollTo(0, 0))
    const search = () => (globalThis as unknown as { find: (text: string) => boolean }).find('api-b.us-light-api.com')
    expect(await page.evaluate(search)).toBe(true)
    await page.emulateMedia({ media: 'print' })
    const hidden = await page
      .locator('.content section')
      .evaluateAll((all) => all.filter((one) => getComputedStyle(one).contentVisibility !== 'visible').length)
    expect(hidden).toBe(0)
    await close()
  })
})

describe('the samples', () => {
  test('change by mouse and by arrow keys, without JavaScript', async () => {
    const { page } = guide
    const seen = async () => (await own('.samples .panel pre:visible').allTextContents()).map((one) => one.slice(0, 12))
    expect(await seen()).toEqual(['nonce=$(open'])
    await own('label').getByText('Python', { exact: true }).click()
    expect(await seen()).toEqual(['import hashl'])
    await page.keyboard.press('ArrowRight')
    expect(await seen()).toEqual(['import java.'])
  })

  test('leave the chosen one on paper, without what only helps on a screen', async () => {
    const { page } = guide
    const visible = (selector: string) => page.locator(`${selector}:visible`).count()
    await page.emulateMedia({ media: 'print' })
    expect(await own('.samples .panel pre:visible').count()).toBe(1)
    expect(await Promise.all(['.toc', '.top nav', '.bottom nav'].map(visible))).toEqual([0, 0, 0])
    await page.emulateMedia({ media: null })
  })
})
