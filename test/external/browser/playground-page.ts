/** The playground in a real browser, under a sub-path, with a witness of everything that leaves the machine. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core'
import { serve } from '../../../src/site/serve.js'
import { launchChromium } from './chromium.js'

/** What Chromium itself asks for, whatever the page. */
const ITS_OWN = /\b(update|content-autofill|optimizationguide-pa)\.googleapis\.com\b|\baccounts\.google\.com\b/

export interface Witness {
  readonly browser: Browser
  /** Requests to any host but this machine's loopback, service workers' among them. */
  readonly elsewhere: readonly string[]
  readonly close: () => Promise<void>
}

/** A browser that reaches all but loopback through a proxy of ours, which writes down and refuses. */
export async function launch(): Promise<Witness> {
  const elsewhere: string[] = []
  const see = (what: string) => ITS_OWN.test(what) || elsewhere.push(what)
  const proxy = createServer((request, response) => {
    see(`${request.method} ${request.url}`)
    response.writeHead(502).end()
  })
  proxy.on('connect', (request, socket) => {
    see(`CONNECT ${request.url}`)
    socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
  })
  await new Promise<void>((done) => proxy.listen(0, '127.0.0.1', done))
  const server = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`
  const browser = await launchChromium({ proxy: { server, bypass: '127.0.0.1' } })
  const close = async () => {
    await browser.close()
    await new Promise((done) => proxy.close(done))
  }
  return { browser, elsewhere, close }
}

export interface Opened {
  readonly page: Page
  readonly url: string
  /** Errors and warnings in the console so far, breaches of the Content-Security-Policy among them, and exceptions. */
  readonly problems: readonly string[]
  /** Paths that the page asked for, under the site. */
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

/** A new visitor, on a server of its own. */
export async function open(browser: Browser, folder: string, options: OpenOptions = {}): Promise<Opened> {
  const { hash = '', before, ...more } = options
  const server = await serve(folder, { base: '/some/project/' })
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 }, ...more })
  const [problems, requests]: [string[], string[]] = [[], []]
  if (before) await context.addInitScript(before)
  context.on('console', (message) => {
    if (/error|warning/.test(message.type())) problems.push(`${message.text()} ${message.location().url}`)
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

/** Presses the button and waits for what came of it. */
export async function send(page: Page): Promise<string> {
  const said = headline(page)
  await said.evaluate((element) => {
    element.textContent = ''
  })
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await page.waitForFunction(() => document.querySelector('.pg-headline')?.textContent !== '')
  return (await said.textContent()) ?? ''
}

/** What the fields' messages say, by the id of the field's control. */
export async function blamed(page: Page): Promise<string[]> {
  return page.locator('.pg-error:visible span').allTextContents()
}

/** The text of the request in one of its views, as copying takes it. */
export async function shown(page: Page, view: 'HTTP' | 'curl' | 'TypeScript'): Promise<string> {
  await page.getByRole('radio', { name: view }).check()
  await page.getByRole('button', { name: 'Copy', exact: true }).click()
  return page.evaluate(() => navigator.clipboard.readText())
}
