/** The playground in a real browser, under a sub-path, with a record of every request to another host. */
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { serve } from '../../../src/tooling/docs/serve.js'
import { startRefusingProxy } from '../../support/refusing-proxy.js'
import { launchChromium } from './chromium.js'

export interface Witness {
  readonly browser: Browser
  /** Requests to any host but this machine's loopback, service workers' among them. */
  readonly elsewhere: readonly string[]
  readonly close: () => Promise<void>
}

/** A browser whose requests to other hosts go to a proxy that records and refuses them. */
export async function launch(): Promise<Witness> {
  const proxy = await startRefusingProxy()
  const browser = await launchChromium({ proxy: proxy.settings })
  const close = async () => {
    await browser.close()
    await proxy.close()
  }
  return { browser, elsewhere: proxy.elsewhere, close }
}

export interface Opened {
  readonly page: Page
  readonly url: string
  /** Errors and warnings in the console so far, violations of the Content-Security-Policy among them, and exceptions. */
  readonly problems: readonly string[]
  /** Paths that the page requested, below the site. */
  readonly requests: readonly string[]
  readonly stopServer: () => Promise<void>
  readonly close: () => Promise<void>
}

export interface OpenOptions extends BrowserContextOptions {
  /** Behind the `#`. */
  readonly hash?: string
  /** Run in the page before its own scripts. */
  readonly before?: () => void
}

/** Opens the playground in a new browser context, on a server of its own. */
export async function open(browser: Browser, folder: string, options: OpenOptions = {}): Promise<Opened> {
  const { hash = '', before, ...more } = options
  const server = await serve(folder, { base: '/some/project/' })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...more })
  const problems: string[] = []
  const requests: string[] = []
  if (before) await context.addInitScript(before)
  context.on('console', (message) => {
    const { url } = message.location()
    // Chromium reports each answer that is an error, also those that the mock gives on purpose.
    if (/^Failed to load resource/.test(message.text()) && url.includes('/playground/mock/')) return
    if (/error|warning/.test(message.type())) problems.push(`${message.text()} ${url}`)
  })
  context.on('weberror', (error) => problems.push(String(error.error())))
  context.setDefaultTimeout(10_000)
  const page = await context.newPage()
  page.on('request', (request) => requests.push(request.url().replace(server.url, '')))
  await page.goto(`${server.url}playground/${hash}`)
  let stopped = false
  const stopServer = async () => {
    if (!stopped) await server.close()
    stopped = true
  }
  const close = async () => {
    await context.close()
    await stopServer()
  }
  return { page, url: server.url, problems, requests, stopServer, close }
}

/** The answer's first line. */
export const headline = (page: Page): Locator => page.locator('.pg-headline')

/** Clicks Send, and waits for the headline of the answer. */
export async function send(page: Page): Promise<string> {
  const answer = headline(page)
  await answer.evaluate((element) => {
    element.textContent = ''
  })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.waitForFunction(() => document.querySelector('.pg-headline')?.textContent !== '')
  return (await answer.textContent()) ?? ''
}

/** The error messages on the page. */
export const errorMessages = (page: Page): Promise<string[]> => page.locator('.pg-error:visible span').allTextContents()

/** The warnings on the page. */
export const warnings = (page: Page): Promise<string[]> => page.locator('.pg-warning:visible').allTextContents()

/** The text of the request in one of its views, as the Copy button copies it. */
export async function copiedText(page: Page, view: string): Promise<string> {
  await page.getByRole('radio', { name: view, exact: true }).check()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  return page.evaluate(() => navigator.clipboard.readText())
}
