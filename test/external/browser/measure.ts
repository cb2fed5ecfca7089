/**
 * `npm run test:browser -- measure`: size and load time of each page, in Chromium, on a fast and a slow connection.
 *
 * Transfer and requests come from the DevTools protocol. A page is usable when the part that people come for is in it.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { buildSite, serveSite } from './built.js'
import { launchChromium } from './chromium.js'

/** Each page, with a selector of the part that makes it usable. */
const PAGES: Readonly<Record<string, string>> = {
  '': 'pre',
  'endpoint/': '.fields',
  'reference/#/status-messages': '#redoc [id*="path="], #redoc [data-section-id*="/status-messages/"]',
  'playground/': 'form button',
  'changelog/': 'h2',
}

interface Profile {
  readonly name: string
  readonly cpu: number
  readonly network?: { readonly latency: number; readonly bytes: number }
}

const PROFILES: readonly Profile[] = [
  { name: 'fast', cpu: 1 },
  { name: 'slow', cpu: 4, network: { latency: 150, bytes: 1_600_000 / 8 } },
]

interface Figures {
  readonly transfer: number
  readonly requests: number
  /** Milliseconds since the visit began. */
  readonly paint: number
  readonly usable: number
}

/** Runs in the page. It is text, because the compiler of this file would add calls of its own to a function. */
const watch = (selector: string): string => `
  const marks = (globalThis.marks = { paint: 0, usable: 0 })
  new PerformanceObserver((list) => {
    for (const { startTime } of list.getEntries()) marks.paint = startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
  const look = () => {
    if (document.querySelector(${JSON.stringify(selector)})) marks.usable = performance.now()
    else requestAnimationFrame(look)
  }
  look()`

async function figuresOf(page: Page, url: string, selector: string, { cpu, network }: Profile): Promise<Figures> {
  const session = await page.context().newCDPSession(page)
  await session.send('Network.enable')
  await session.send('Emulation.setCPUThrottlingRate', { rate: cpu })
  if (network) {
    const { latency, bytes } = network
    await session.send('Network.emulateNetworkConditions', {
      offline: false,
      latency,
      downloadThroughput: bytes,
      uploadThroughput: bytes,
    })
  }
  let transfer = 0
  let requests = 0
  session.on('Network.requestWillBeSent', ({ request }) => {
    if (request.url.startsWith('http')) requests++
  })
  session.on('Network.loadingFinished', ({ encodedDataLength }) => {
    transfer += encodedDataLength
  })
  await page.addInitScript(watch(selector))
  await page.goto(url, { waitUntil: 'networkidle' })
  await page.waitForFunction(() => (globalThis as unknown as { marks: { usable: number } }).marks.usable > 0)
  const marks = await page.evaluate(() => (globalThis as unknown as { marks: { paint: number; usable: number } }).marks)
  return { transfer, requests, ...marks }
}

/** The visit with the median time of three. */
async function medianVisit(url: string, selector: string, profile: Profile): Promise<Figures> {
  const all: Figures[] = []
  for (let i = 0; i < 3; i++) {
    const browser = await launchChromium()
    all.push(await figuresOf(await browser.newPage(), url, selector, profile))
    await browser.close()
  }
  return all.toSorted((a, b) => a.usable - b.usable)[1] as Figures
}

/** Compresses every file of a folder, as hosts of static sites do. */
async function compress(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  const files = entries.filter((entry) => entry.isFile()).map(({ parentPath, name }) => join(parentPath, name))
  await Promise.all(files.map(async (file) => writeFile(`${file}.gz`, gzipSync(await readFile(file)))))
}

const site = await buildSite()
await compress(site.folder)
const { url, close } = await serveSite(site.folder)
console.log('page                          profile  transfer kB  requests  largest paint s  usable s')
for (const [path, selector] of Object.entries(PAGES)) {
  for (const profile of PROFILES) {
    const { transfer, requests, paint, usable } = await medianVisit(url + path, selector, profile)
    const cells = [
      (transfer / 1000).toFixed(1).padStart(11),
      String(requests).padStart(8),
      (paint / 1000).toFixed(2).padStart(15),
      (usable / 1000).toFixed(2).padStart(8),
    ]
    console.log(`/${path}`.padEnd(30) + profile.name.padEnd(7), cells.join('  '))
  }
}
await close()
await site.remove()
