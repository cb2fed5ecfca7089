/** What scripts add to the pages: search, copy buttons, remembered choices, the mark of the current section. */
import type { Route } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { type Served, serveSite, visit } from './built.js'
import { launchChromium } from './chromium.js'

let served: Served
let browser: Awaited<ReturnType<typeof launchChromium>>
beforeAll(async () => {
  browser = await launchChromium()
  served = await serveSite(inject('site'))
})
afterAll(async () => {
  await browser?.close()
  await served?.close()
})

const VIEWPORT = { width: 1440, height: 900 }

describe('the search', () => {
  test('is loaded when it is opened, finds an error by its code, and is used by keyboard alone', async () => {
    const { page, problems, close } = await visit(browser, `${served.url}endpoint/`, { viewport: VIEWPORT })
    const loaded: string[] = []
    page.on('request', (request) => loaded.push(new URL(request.url()).pathname.split('/').at(-1) ?? ''))
    await page.keyboard.press('/')
    const input = page.getByRole('combobox')
    await expect.poll(() => loaded).toContain('search.json')
    await input.fill('1004')
    const options = page.getByRole('option')
    await expect.poll(() => options.count()).toBeGreaterThan(0)
    expect(await options.first().getAttribute('href')).toBe(`${served.url}errors/#1004`)
    await page.keyboard.press('ArrowDown')
    expect(await options.nth(1).getAttribute('aria-selected')).toBe('true')
    await page.keyboard.press('ArrowUp')
    await page.keyboard.press('Enter')
    await page.waitForURL(`${served.url}errors/#1004`)
    await close()
    expect(problems).toEqual([])
  })

  test('takes what is typed while its script is loaded', async () => {
    const { page, close } = await visit(browser, served.url, { viewport: VIEWPORT })
    const held: Route[] = []
    await page.route(/search-dialog/, (route) => void held.push(route))
    await page.keyboard.press('/')
    await expect.poll(() => held.length).toBe(1)
    await page.keyboard.type('10')
    await held[0]?.continue()
    await page.getByRole('dialog').waitFor()
    await page.keyboard.type('04')
    expect(await page.getByRole('combobox').inputValue()).toBe('1004')
    await expect.poll(() => page.getByRole('option').first().getAttribute('href')).toContain('errors/#1004')
    await close()
  })

  test('finds Chinese words and names of fields, says when it finds nothing, and closes with Escape', async () => {
    const { page, close } = await visit(browser, `${served.url}zh/`, { viewport: VIEWPORT })
    await page.getByRole('button', { name: '搜索' }).click()
    const input = page.getByRole('combobox')
    const first = page.getByRole('option').first()
    await input.fill('错误处理')
    await expect.poll(() => first.getAttribute('href')).toContain('/zh/')
    await input.fill('toGroupId')
    await expect.poll(() => first.getAttribute('href')).toBe(`${served.url}endpoint/#sendGroupStatusMessage.toGroupId`)
    await input.fill('zzzzzz')
    await expect.poll(() => page.getByRole('status').textContent()).toBe('没有找到结果。')
    await page.keyboard.press('Escape')
    expect(await page.getByRole('dialog').isVisible()).toBe(false)
    await close()
  })
})

describe('code', () => {
  test('is copied as it is printed', async () => {
    const { page, close } = await visit(browser, served.url, { permissions: ['clipboard-read', 'clipboard-write'] })
    await page.getByRole('button', { name: 'Copy' }).first().click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(
      await page.locator('pre').first().textContent(),
    )
    expect(await page.getByRole('button', { name: 'Copied' }).count()).toBe(1)
    await close()
  })

  test('is selected where the browser refuses to copy it', async () => {
    const { page, problems, close } = await visit(browser, served.url)
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('refused'))
    })
    await page.getByRole('button', { name: 'Copy' }).first().click()
    expect(await page.evaluate(() => String(getSelection()))).toBe(await page.locator('pre').first().textContent())
    expect(await page.getByRole('button', { name: 'Copied' }).count()).toBe(0)
    await close()
    expect(problems).toEqual([])
  })

  test('is shown in the language that was chosen last, on the next visit and in the playground too', async () => {
    const { page, close } = await visit(browser, `${served.url}endpoint/`)
    await page.locator('.samples label', { hasText: 'Python' }).click()
    await page.reload()
    expect(await page.locator('.samples .panel pre:visible').textContent()).toContain('import hashlib')
    await page.goto(`${served.url}playground/`)
    expect(await page.getByRole('radio', { name: 'Python' }).isChecked()).toBe(true)
    await page.locator('.pg-tabs label', { hasText: 'Java' }).click()
    await page.goto(`${served.url}endpoint/`)
    expect(await page.locator('.samples input:checked').getAttribute('value')).toBe('Java')
    await close()
  })
})

test('the colours are those of the system until others are chosen, and these are kept', async () => {
  const { page, close } = await visit(browser, `${served.url}errors/`, { colorScheme: 'light' })
  const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor)
  const light = await ground()
  await page.emulateMedia({ colorScheme: 'dark' })
  const dark = await ground()
  expect(dark).not.toBe(light)
  await page.getByRole('button', { name: 'Colours: as the system' }).click()
  expect(await ground()).toBe(light)
  await page.reload()
  expect(await ground()).toBe(light)
  await page.getByRole('button', { name: 'Colours: light' }).click()
  await page.getByRole('button', { name: 'Colours: dark' }).click()
  expect(await ground()).toBe(dark)
  expect(await page.evaluate(() => localStorage.getItem('theme'))).toBe(null)
  await close()
})

test('the navigation is scrolled to the current page, and the window is not', async () => {
  const { page, close } = await visit(browser, `${served.url}versions/`, { viewport: { width: 1280, height: 500 } })
  const current = page.getByRole('navigation', { name: 'Documentation' }).locator('[aria-current="page"]')
  const { top, bottom } = await current.evaluate((link) => link.getBoundingClientRect().toJSON())
  const header = await page.locator('.top').evaluate((one) => one.getBoundingClientRect().bottom)
  expect(top).toBeGreaterThan(header)
  expect(bottom).toBeLessThan(500)
  expect(await page.evaluate(() => scrollY)).toBe(0)
  await close()
})

test('a table with long texts is a list on a narrow screen, each cell under the name of its column', async () => {
  const { page, close } = await visit(browser, `${served.url}client/errors/`, { viewport: VIEWPORT })
  const cell = page.locator('.table.wide td[data-label]').first()
  const look = () =>
    cell.evaluate((one) => [
      getComputedStyle(one).display,
      getComputedStyle(one, '::before').content.replaceAll('"', ''),
    ])
  expect(await look()).toEqual(['table-cell', 'none'])
  await page.setViewportSize({ width: 390, height: 800 })
  expect(await look()).toEqual(['block', await cell.getAttribute('data-label')])
  await close()
})

test('the current section is marked in the contents of the page', async () => {
  const { page, close } = await visit(browser, `${served.url}errors/#1008`, { viewport: VIEWPORT })
  const current = page.locator('.toc [aria-current]')
  await expect.poll(() => current.getAttribute('href')).toBe('#1008')
  await page.evaluate(() => scrollTo(0, 0))
  await expect.poll(() => current.count()).toBe(0)
  await close()
})

test('a heading has a permalink that leads to it', async () => {
  const { page, close } = await visit(browser, `${served.url}errors/`, { viewport: VIEWPORT })
  await page.getByRole('link', { name: 'Link to “1004: the signature is wrong”' }).click()
  expect(page.url()).toBe(`${served.url}errors/#1004`)
  const top = await page.locator('[id="1004"]').evaluate((heading) => heading.getBoundingClientRect().top)
  const header = await page.locator('.top').evaluate((one) => one.getBoundingClientRect().bottom)
  expect(top).toBeGreaterThan(header)
  await close()
})
