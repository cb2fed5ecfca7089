/** The page of the endpoint in Chromium: without JavaScript, with lazy layout, its samples, and in print. */
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Served, serveSite, type Visit, visit } from './built.js'
import { launchChromium } from './chromium.js'

let served: Served
let browser: Awaited<ReturnType<typeof launchChromium>>
let guide: Visit
beforeAll(async () => {
  browser = await launchChromium()
  served = await serveSite(inject('site'))
  guide = await visit(browser, `${served.url}endpoint/`, { javaScriptEnabled: false })
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

/** Elements within the section of the first operation. */
const inSection = (selector: string) => guide.page.locator(`[aria-labelledby="sendGroupStatusMessage"] ${selector}`)

test('shows everything about an operation without JavaScript, except folded parts', async () => {
  const rows = inSection('.rows > div')
  const all = await rows.count()
  expect(all).toBeGreaterThan(20)
  const folded = await inSection('details .rows > div').count()
  expect(await inSection('.rows > div:visible').count()).toBe(all - folded)
})

describe('content below the window', () => {
  /** Height of the header, which stays in view. */
  const HEADER = 57
  const TOP = { width: 1280, height: 900 }

  test('is laid out when it comes near, and each entry of the table of contents leads to its heading', async () => {
    const { page, close } = await visit(browser, `${served.url}endpoint/`, { viewport: TOP })
    const laidOut = () =>
      page
        .locator('.prose section > :last-child')
        .evaluateAll((all) => all.filter((one) => one.checkVisibility({ contentVisibilityAuto: true })).length)
    const sections = await page.locator('.prose section:not(.call)').count()
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
      expect([id, top >= HEADER && (top < HEADER + 40 || atEnd) && top < TOP.height]).toEqual([id, true])
    }
    await close()
  })

  test('is reached by a link, found by a search in the page, and printed', async () => {
    const { page, close } = await visit(browser, `${served.url}endpoint/#signing`, { viewport: TOP })
    expect(Math.round((await page.locator('#signing').boundingBox())?.y ?? -1)).toBeLessThan(HEADER + 40)
    await page.evaluate(() => scrollTo(0, 0))
    const search = () => (globalThis as unknown as { find: (text: string) => boolean }).find('api-b.us-light-api.com')
    expect(await page.evaluate(search)).toBe(true)
    await page.emulateMedia({ media: 'print' })
    const hidden = await page
      .locator('.prose section')
      .evaluateAll((all) => all.filter((one) => getComputedStyle(one).contentVisibility !== 'visible').length)
    expect(hidden).toBe(0)
    await close()
  })
})

describe('the samples', () => {
  test('change by mouse and by arrow keys, without JavaScript', async () => {
    const { page } = guide
    const seen = async () =>
      (await inSection('.samples .panel pre:visible').allTextContents()).map((one) => one.slice(0, 12))
    expect(await seen()).toEqual(['nonce=$(open'])
    await inSection('label').getByText('Python', { exact: true }).click()
    expect(await seen()).toEqual(['import hashl'])
    await page.keyboard.press('ArrowRight')
    expect(await seen()).toEqual(['import java.'])
  })

  test('print the chosen one, without navigation', async () => {
    const { page } = guide
    const visible = (selector: string) => page.locator(`${selector}:visible`).count()
    await page.emulateMedia({ media: 'print' })
    expect(await inSection('.samples .panel pre:visible').count()).toBe(1)
    expect(await Promise.all(['.toc', '.side', '.top nav'].map(visible))).toEqual([0, 0, 0])
    await page.emulateMedia({ media: null })
  })
})
