/** Every page of the built site in headless Chromium under a sub-path: alone with its own host, and open to everybody. */
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { notFoundFiles } from '../../../src/tooling/docs/pages/not-found.js'
import { writeFiles } from '../../../src/tooling/docs/site.js'
import { docsSite } from '../../support/docs-site.js'
import { PAGES, type Served, serveSite, visit } from './built.js'
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

/** What Redoc does wrong and no stylesheet can mend; of it, only the success criteria of WCAG are asked. */
const REDOC = ['label-content-name-mismatch', 'target-size']

interface Found {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds on a page at two widths, a line each; and whether it must be scrolled to the side. */
async function barriers(path: string, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const { page, close } = await visit(witness.browser, served.url + path, { colorScheme })
  await page.evaluate(AXE)
  const redoc = path.startsWith('reference/')
  const options = redoc ? { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } : {}
  const lines: string[] = []
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 })
    const found = await page.evaluate(async (options): Promise<Found[]> => {
      const { axe } = globalThis as unknown as { axe: { run: (options: object) => Promise<{ violations: Found[] }> } }
      const { violations } = await axe.run({ ...options, resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }))
    }, options)
    const counted = found.filter(({ id }) => !(redoc && REDOC.includes(id)))
    lines.push(
      ...counted.map(({ id, nodes }) => `${width}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`),
    )
  }
  await close()
  return lines
}

describe.each(PAGES)('page /%s', (path) => {
  test('asks no other host, breaks no policy, logs no error, needs no scrolling to the side', async () => {
    const { page, problems, close } = await visit(witness.browser, served.url + path)
    expect(await page.title()).not.toBe('')
    const policy = await page.locator('meta[http-equiv="Content-Security-Policy"]').getAttribute('content')
    expect(policy).toMatch(/^default-src 'none'; /)
    expect(policy).not.toMatch(/unsafe-inline|unsafe-eval|https?:/)
    for (const width of [320, 3840]) {
      await page.setViewportSize({ width, height: 800 })
      expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(width)
    }
    await close()
    expect(problems).toEqual([])
    expect(witness.elsewhere).toEqual([])
  })

  test.each(['light', 'dark'] as const)('has no barrier that axe knows, wide and narrow, %s', async (scheme) => {
    expect(await barriers(path, scheme)).toEqual([])
  })
})

describe('the reference', () => {
  const operation = 'reference/#/status-messages/sendgroupstatusmessage'

  test('shows the operation, barrier-free, light and dark', async () => {
    for (const scheme of ['light', 'dark'] as const) expect(await barriers(operation, scheme)).toEqual([])
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

describe('a page that is not there', () => {
  test.each([
    ['an address that the site was built for', 'https://example.org/some/project/', false],
    ['an address that it was not built for', 'https://example.org/elsewhere/', true],
    ['no known address', undefined, true],
  ] as const)('leads home from any depth, with %s', async (_name, url, javaScriptEnabled) => {
    const folder = await mkdtemp(join(tmpdir(), 'lost-'))
    await writeFiles(folder, await notFoundFiles(await docsSite({ url })))
    await mkdir(join(folder, 'assets'))
    await writeFile(join(folder, 'assets/site.css'), '')
    const server = await serveSite(folder)
    try {
      const { page, close } = await visit(witness.browser, `${server.url}a/b/c`, { javaScriptEnabled })
      expect(await page.locator('h1').textContent()).toBe('No such page')
      const link = page.getByRole('link', { name: 'Guide' })
      expect(new URL((await link.getAttribute('href')) ?? '', page.url()).href).toBe(server.url)
      expect(await page.locator('main').evaluate((main) => getComputedStyle(main).maxWidth)).not.toBe('none')
      await close()
    } finally {
      await server.close()
      await rm(folder, { recursive: true, force: true })
    }
  })
})

test('a folder without its slash leads to the page', async () => {
  const { page, close } = await visit(witness.browser, `${served.url}changelog`)
  expect(page.url()).toBe(`${served.url}changelog/`)
  await close()
})
