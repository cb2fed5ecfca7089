/** The first page without JavaScript: all that the contract says stands on it, and what is printed there works. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { chromium } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { shell } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'
import { type BuiltSite, buildSite, type Served, serveSite, type Visit, visit } from './built.js'

/** The spec as plain JSON, read without the site's own model. */
interface Node {
  readonly [key: string]: Node
}
const spec = JSON.parse(readFileSync(join(ROOT, 'generated/openapi.json'), 'utf8')) as Node

/** Every value of a key, anywhere. */
function all(key: string, node: unknown = spec): unknown[] {
  if (typeof node !== 'object' || node === null) return []
  return Object.entries(node).flatMap(([name, value]) => (name === key ? [value] : all(key, value)))
}
/** Markdown's marks and the width of spaces do not show on a page. */
const plain = (text: string) => text.replaceAll(/[`*]/g, '').replaceAll(/\s+/g, ' ').trim()

let site: BuiltSite
let served: Served
let browser: Awaited<ReturnType<typeof chromium.launch>>
let guide: Visit
let words: string
beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  })
  site = await buildSite()
  served = await serveSite(site.folder)
  guide = await visit(browser, served.url, { javaScriptEnabled: false })
  words = plain((await guide.page.locator('body').textContent()) ?? '')
})
afterAll(async () => {
  await browser.close()
  await served.close()
  await site.remove()
})

/** Places within the part of the page that is about the operation of which the tests know. */
const own = (selector: string) => guide.page.locator(`[aria-labelledby="sendGroupStatusMessage"] ${selector}`)
const operation = spec['paths']?.['/statusmessage/group/publish.json']?.['post']

describe('the first page says, without JavaScript,', () => {
  test('every field with its description and limits', async () => {
    const schema = spec['components']?.['schemas']?.['GroupStatusMessage']
    for (const [name, field] of Object.entries(schema?.['properties'] ?? {})) {
      const row = plain((await guide.page.locator(`[id="sendGroupStatusMessage.${name}"]`).textContent()) ?? '')
      expect(row).toContain(name)
      expect(row).toContain(plain(String(field['description'])))
      const required = Object.values(schema?.['required'] ?? {}).includes(name as unknown as Node)
      expect(row).toContain(required ? 'required' : 'optional')
    }
    const limits = await guide.page.locator('[id="sendGroupStatusMessage.toGroupId"] .limits li').allTextContents()
    expect(limits).toEqual([
      'at least 1 group in one call',
      'at most 3 groups in one call',
      'each at most 64 characters',
    ])
    expect(words).toContain('at most 131072 bytes of UTF-8')
    expect(words).toContain('at most 32 characters')
  })

  test('what it is and what it is not', () => {
    for (const line of [...all('x-is'), ...all('x-is-not')].flat()) expect(words).toContain(plain(String(line)))
    for (const fact of ['online now', 'Not stored', 'Not counted']) expect(words).toContain(fact)
  })

  test('every error, with what to do and whether to send again', async () => {
    const rows = await own('.failures > div').allTextContents()
    const errors = Object.entries(operation?.['responses'] as Node)
      .filter(([status]) => !status.startsWith('2'))
      .flatMap(([, found]) => {
        const name =
          String(found['$ref'] ?? '')
            .split('/')
            .at(-1) ?? ''
        const answer = found['content'] ? found : spec['components']?.['responses']?.[name]
        return Object.values(answer?.['content']?.['application/json']?.['examples'] ?? {})
      })
    expect(rows).toHaveLength(errors.length)
    for (const error of errors) {
      const code = new RegExp(`^${error['value']?.['code']}HTTP \\d{3}.*Send again\\?`)
      const found = rows.map(plain).filter((one) => code.test(one) && one.includes(plain(String(error['description']))))
      expect(found, String(error['summary'])).toHaveLength(1)
    }
  })

  test('every host, the rate limit, and every message type with those fit for status in front', async () => {
    for (const { url } of spec['servers'] as unknown as { url: string }[]) expect(words).toContain(new URL(url).host)
    expect(words).toContain('20 messages a second, for each App Key')
    const names = await own('.types dt > code').allTextContents()
    const types = Object.entries(all('x-message-types')[0] as Node)
    expect(names.toSorted()).toEqual(types.map(([name]) => name).toSorted())
    expect(names.slice(0, 3)).toEqual(types.filter(([, row]) => row['status']).map(([name]) => name))
  })

  test('every assumption, marked as one', async () => {
    const marked = (await guide.page.locator('.assumed').allTextContents()).map(plain)
    const texts = [...new Set(all('x-assumption').map((text) => plain(String(text))))]
    expect(texts.length).toBeGreaterThan(15)
    for (const text of texts)
      expect(
        marked.some((one) => one.startsWith('Not confirmed') && one.includes(text)),
        text,
      ).toBe(true)
  })
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
  test('are printed as they run in the tests', async () => {
    const folder = join(ROOT, 'spec/code-samples')
    const files = await Promise.all((await readdir(folder)).map((file) => readFile(join(folder, file), 'utf8')))
    const printed = await own('.samples .panel pre').allTextContents()
    expect(printed.slice(0, -1).toSorted()).toEqual(files.map((file) => file.trimEnd()).toSorted())
    const [head, body = ''] = (printed.at(-1) ?? '').split('\n\n')
    expect(head).toMatch(/^POST \/statusmessage\/group\/publish\.json HTTP\/1\.1\nHost: /)
    expect(new URLSearchParams(body.replaceAll(/\s/g, '')).getAll('toGroupId')).toEqual(['2193', '2192'])
  })

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

describe('the signature worked through', () => {
  test('is what the parts give', async () => {
    const values = await guide.page.locator('.steps .values dd').allTextContents()
    const [joined, signature, headers] = await guide.page.locator('.steps pre').allTextContents()
    expect(joined).toBe(values.join(''))
    expect(signature).toBe(createHash('sha1').update(values.join('')).digest('hex'))
    expect(signature).toBe('30be0bbca9c9b2e27578701e9fda2358a814c88f')
    expect(headers).toContain(`Signature: ${signature}`)
  })

  test('is what the command beneath it prints', async () => {
    const command = (await guide.page.getByLabel('A command that checks the signature').textContent()) ?? ''
    expect(await shell('bash', ['-c', command], ROOT)).toContain('30be0bbca9c9b2e27578701e9fda2358a814c88f')
  })
})

test('the Markdown reference says every field, error, host, type and assumption too', async () => {
  const markdown = plain(await readFile(join(site.folder, 'reference.md'), 'utf8'))
  const told = [
    ...Object.keys(spec['components']?.['schemas']?.['GroupStatusMessage']?.['properties'] ?? {}),
    ...Object.keys(all('x-message-types')[0] as Node),
    ...(spec['servers'] as unknown as { url: string }[]).map(({ url }) => url),
    ...all('x-assumption').map(String),
  ]
  for (const text of told) expect(markdown).toContain(plain(text))
})

test('the contract is offered as it is', async () => {
  const read = (file: string) => readFile(join(site.folder, file), 'utf8')
  expect(JSON.parse(await read('openapi.json'))).toEqual(spec)
  expect(parse(await read('openapi.yaml'))).toEqual(spec)
  expect(JSON.parse(await read('v/1.0.0/openapi.json'))).toEqual(spec)
})

test('the first page and all it fetches take less than 30 kB', async () => {
  const files = ['index.html', 'assets/site.css', 'assets/icon.svg']
  const sizes = await Promise.all(files.map(async (file) => gzipSync(await readFile(join(site.folder, file))).length))
  expect(sizes.reduce((sum, size) => sum + size)).toBeLessThan(30_000)
  const fetched = await guide.page.locator('link[rel="stylesheet"], link[rel="icon"], script, img').count()
  expect(fetched).toBe(2)
})
