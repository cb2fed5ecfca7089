/** Every page of the built site in headless Chromium under a sub-path: no request to another host, and no accessibility violation. */
import { readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest'
import { notFoundFiles } from '../../../src/tooling/docs/render/not-found.js'
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

/** Rules that Redoc breaks and no stylesheet can repair. Its page is only tested against the success criteria of WCAG. */
const REDOC_VIOLATIONS = ['label-content-name-mismatch', 'target-size']

interface AxeViolation {
  readonly id: string
  readonly nodes: readonly { readonly html: string }[]
}

/** What axe finds on a page at two widths, one line each. */
async function axeViolations(path: string, colorScheme: 'light' | 'dark'): Promise<string[]> {
  const { page, close } = await visit(witness.browser, served.url + path, { colorScheme })
  await page.evaluate(AXE)
  const redoc = path.startsWith('reference/')
  const options = redoc ? { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'] } : {}
  const lines: string[] = []
  for (const width of [1280, 320]) {
    await page.setViewportSize({ width, height: 900 })
    const violations = await page.evaluate(async (options): Promise<AxeViolation[]> => {
      const { axe } = globalThis as unknown as {
        axe: { run: (options: object) => Promise<{ violations: AxeViolation[] }> }
      }
      const { violations } = await axe.run({ ...options, resultTypes: ['violations'] })
      return violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => ({ html })) }))
    }, options)
    const relevant = violations.filter(({ id }) => !(redoc && REDOC_VIOLATIONS.includes(id)))
    lines.push(
      ...relevant.map(({ id, nodes }) => `${width}: ${id}: ${nodes.map(({ html }) => html.slice(0, 120)).join(' ')}`),
    )
  }
  await close()
  return lines
}

describe.each(PAGES)('page /%s', (path) => {
  test('sends no request to another host, violates no policy, logs no error, and does not scroll sideways', async () => {
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

  test.each(['light', 'dark'] as const)('has no axe violation, wide and narrow, %s', async (scheme) => {
    expect(await axeViolations(path, scheme)).toEqual([])
  })
})

describe('the reference', () => {
  const operation = 'reference/#/status-messages/sendgroupstatusmessage'

  test('shows the operation without axe violations, light and dark', async () => {
    for (const scheme of ['light', 'dark'] as const) expect(await axeViolations(operation, scheme)).toEqual([])
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

test('a folder without its slash redirects to the page', async () => {
  const { page, close } = await visit(witness.browser, `${served.url}changelog`)
  expect(page.url()).toBe(`${served.url}changelog/`)
  await close()
})
