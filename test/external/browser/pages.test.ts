/** Every page of the built site in headless Chromium under a sub-path: no request to another host, and no accessibility violation. */
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { notFoundFiles } from '../../../src/tooling/docs/render/not-found.js'
import { writeFiles } from '../../../src/tooling/docs/site.js'
import { docsSite } from '../../support/docs-site.js'
import { PAGES, type Served, serveSite, type Visit, visit } from './built.js'
import { launch, type Witness } from './playground-page.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

let served: Served
let witness: Witness
beforeAll(async () => {
  witness = await launch()
  served = await serveSite(inject('site'))
})
afterAll(async () => {
  await Promise.all([served?.close(), witness?.close()])
})

/** Rules that Redoc breaks and no stylesheet can repair. Its page is only tested against the success criteria of WCAG. */
const REDOC_VIOLATIONS = ['label-content-name-mismatch', 'target-size']

interface AxeViolation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds on a page as it is now, one line each. */
async function axeViolations(page: Page): Promise<string[]> {
  await page.evaluate(AXE)
  const redoc = page.url().includes('/reference/')
  const options = redoc ? { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } : {}
  const violations = await page.evaluate(async (options): Promise<AxeViolation[]> => {
    const { axe } = globalThis as unknown as {
      axe: { run: (options: object) => Promise<{ violations: AxeViolation[] }> }
    }
    const { violations } = await axe.run({ ...options, resultTypes: ['violations'] })
    return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }))
  }, options)
  const relevant = violations.filter(({ id }) => !(redoc && REDOC_VIOLATIONS.includes(id)))
  return relevant.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`)
}

/** By how many pixels the page is wider than the window. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)

/** One page of each layout. The others have that of the first. */
const LAYOUTS = ['', 'endpoint/', 'zh/', 'reference/', 'playground/', '404.html']

type Look = { readonly width: number; readonly colorScheme: 'light' | 'dark' }
const WIDE_LIGHT: Look = { width: 1280, colorScheme: 'light' }
const NARROW_DARK: Look = { width: 320, colorScheme: 'dark' }
const BOTH: readonly Look[] = [WIDE_LIGHT, NARROW_DARK]

async function look(page: Page, { width, colorScheme }: Look): Promise<void> {
  await page.setViewportSize({ width, height: 900 })
  await page.emulateMedia({ colorScheme })
}

describe('every page', () => {
  // All in one tab: a new one for each would take most of the time.
  let tab: Visit
  beforeAll(async () => {
    tab = await visit(witness.browser, `${served.url}404.html`)
  })
  afterAll(() => tab?.close())

  test.each(
    PAGES.map((path, i) => [path, LAYOUTS.includes(path) ? BOTH : [i % 2 ? WIDE_LIGHT : NARROW_DARK]] as const),
  )(
    '/%s sends no request to another host, violates no policy, logs no error, fits the window, and satisfies axe',
    async (path, looks) => {
      const { page, problems } = tab
      await page.goto(served.url + path, { waitUntil: LAYOUTS.includes(path) ? 'networkidle' : 'load' })
      expect(await page.title()).not.toBe('')
      const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
      expect(policy).toMatch(/^default-src 'none'; /)
      expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:/)
      for (const one of looks) {
        await look(page, one)
        // The viewer of the reference scrolls and fills its parts for a while.
        const seen = async () => [one, await overflow(page), await axeViolations(page)]
        await expect.poll(seen, { timeout: 10_000 }).toEqual([one, 0, []])
      }
      for (const width of LAYOUTS.includes(path) ? [] : [320, 390, 768, 1440]) {
        await page.setViewportSize({ width, height: 900 })
        expect([width, await overflow(page)]).toEqual([width, 0])
      }
      expect(problems).toEqual([])
      expect(witness.elsewhere).toEqual([])
    },
  )

  test.each(LAYOUTS)('/%s fits every window', async (path) => {
    const { page } = tab
    await page.goto(served.url + path)
    for (const width of [320, 390, 600, 768, 1024, 1280, 1440, 1920, 3840]) {
      await page.setViewportSize({ width, height: 800 })
      expect([width, await overflow(page)]).toEqual([width, 0])
    }
  })
})

describe('the reference', () => {
  const operation = 'reference/#/status-messages/sendgroupstatusmessage'

  test('opens on the operation, in the colours that the reader chose', async () => {
    const { page, problems, close } = await visit(witness.browser, `${served.url}reference/`)
    await page.getByRole('button', { name: /^Colours/ }).click()
    await page.getByRole('button', { name: 'Colours: light' }).click()
    await expect.poll(() => page.evaluate(() => document.documentElement.classList.contains('dark'))).toBe(true)
    expect(page.url()).toBe(served.url + operation)
    expect(await page.getByRole('heading', { name: 'Send a status message' }).isVisible()).toBe(true)
    await close()
    expect(problems).toEqual([])
  })

  test('links to a field, and the link leads there', async () => {
    const first = await visit(witness.browser, served.url + operation)
    const link = first.page.locator('a[href*="path=togroupid"]').first()
    const href = (await link.getAttribute('href', { timeout: 10_000 })) ?? ''
    await first.close()
    const second = await visit(witness.browser, `${served.url}reference/${href}`, {
      viewport: { width: 1280, height: 600 },
    })
    const inView = () =>
      second.page
        .locator('[id*="path=togroupid"]')
        .first()
        .evaluate((field) => {
          const { top } = field.getBoundingClientRect()
          return top >= 0 && top < innerHeight
        })
    await expect.poll(inView, { timeout: 10_000 }).toBe(true)
    await second.page.waitForTimeout(1_000)
    expect(await inView()).toBe(true)
    expect(second.page.url()).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/some\/project\/reference\/#/)
    await second.close()
    expect([first.problems, second.problems]).toEqual([[], []])
  })
})

describe('the 404 page', () => {
  test.each([1440, 768, 390, 320])(
    'has the header and the heading where other pages have them, at %i',
    async (width) => {
      const { page, close } = await visit(witness.browser, `${served.url}404.html`, {
        viewport: { width, height: 800 },
      })
      const place = () =>
        page.evaluate(() => {
          const boxOf = (selector: string) => document.querySelector(selector)?.getBoundingClientRect()
          // Narrow windows have the menu above the heading, which this page lacks.
          const above = boxOf('.side')
          const isFolded = above !== undefined && above.left < 100 && above.width > innerWidth / 3
          const heading = (boxOf('h1')?.top ?? 0) - (isFolded ? above.height : 0)
          return { header: boxOf('.top')?.height, heading: Math.round(heading) }
        })
      const lost = await place()
      await page.goto(`${served.url}versions/`)
      expect(lost).toEqual(await place())
      await close()
    },
  )

  test.each([
    ['the address that the site was built for', 'https://example.org/some/project/', false],
    ['another address than it was built for', 'https://example.org/elsewhere/', true],
    ['an unknown address', undefined, true],
  ] as const)('links to the first page from any depth, at %s', async (_name, url, javaScriptEnabled) => {
    const folder = await mkdtemp(join(tmpdir(), 'lost-'))
    await writeFiles(folder, await notFoundFiles(await docsSite({ url })))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'assets/site.css'), '')
    const server = await serveSite(folder)
    try {
      const { page, close } = await visit(witness.browser, `${server.url}a/b/c`, { javaScriptEnabled })
      expect(await page.locator('h1').textContent()).toBe('No such page')
      const link = page.getByRole('link', { name: 'Start' })
      expect(new URL((await link.getAttribute('href')) ?? '', page.url()).href).toBe(server.url)
      expect(await page.locator('header').evaluate((header) => getComputedStyle(header).position)).toBe('sticky')
      await close()
    } finally {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

test('a folder without its slash redirects to the page', async () => {
  const { page, close } = await visit(witness.browser, `${served.url}changelog`)
  expect(page.url()).toBe(`${served.url}changelog/`)
  await close()
})

describe('without JavaScript', () => {
  test('the navigation is there at every width, and no button that would do nothing', async () => {
    const { page, close } = await visit(witness.browser, served.url, {
      javaScriptEnabled: false,
      viewport: { width: 1280, height: 800 },
    })
    const link = page.getByRole('navigation', { name: 'Documentation' }).getByRole('link', { name: 'Error codes' })
    expect(await link.isVisible()).toBe(true)
    expect(await page.getByRole('button').count()).toBe(0)
    await page.setViewportSize({ width: 390, height: 800 })
    expect(await link.isVisible()).toBe(false)
    await page.getByText('Menu', { exact: true }).click()
    await link.click()
    expect(page.url()).toBe(`${served.url}errors/`)
    await close()
  })

  test('the reference says at once what to read instead', async () => {
    const { page, close } = await visit(witness.browser, `${served.url}reference/`, { javaScriptEnabled: false })
    await page.getByRole('link', { name: 'page of the endpoint', exact: true }).click()
    expect(page.url()).toBe(`${served.url}endpoint/`)
    await close()
  })
})
