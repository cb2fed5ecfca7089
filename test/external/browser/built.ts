/** Builds the site in this process, serves it under a sub-path, and opens its pages in a browser. */
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import { siteFiles } from '../../../src/tooling/docs/build.js'
import { readPages } from '../../../src/tooling/docs/content/pages.js'
import { serve } from '../../../src/tooling/docs/serve.js'
import { type Files, openSite, type Site, writeFiles } from '../../../src/tooling/docs/site.js'
import { ROOT } from '../../support/project-copy.js'

export interface BuiltSite {
  readonly folder: string
  readonly remove: () => Promise<void>
}

/**
 * Builds files of the site into a new folder.
 *
 * @param root the project's folder, or that of a copy
 * @param files which ones; all by default
 */
export async function buildSite(
  root: string = ROOT,
  files: (site: Site) => Promise<Files> = siteFiles,
): Promise<BuiltSite> {
  const built = await files(await openSite(root))
  const folder = await mkdtemp(join(tmpdir(), 'site-'))
  await writeFiles(folder, built)
  return { folder, remove: () => rm(folder, { recursive: true, force: true }) }
}

export interface Served {
  /** With the sub-path and a slash at the end. */
  readonly url: string
  readonly close: () => Promise<void>
}

export const serveSite = (folder: string): Promise<Served> => serve(folder, { base: '/some/project/' })

export interface Visit {
  readonly page: Page
  /** Errors and warnings of the console, exceptions, and violations of the Content-Security-Policy. */
  readonly problems: readonly string[]
  readonly close: () => Promise<void>
}

/** Opens an address in a new browser context, and waits until nothing more is fetched. */
export async function visit(browser: Browser, url: string, options: BrowserContextOptions = {}): Promise<Visit> {
  const context = await browser.newContext(options)
  const problems: string[] = []
  context.on('console', (message) => {
    if (/error|warning/.test(message.type())) problems.push(`${message.text()} ${message.location().url}`)
  })
  context.on('weberror', (error) => problems.push(String(error.error())))
  const page = await context.newPage()
  if (options.javaScriptEnabled !== false) {
    await page.exposeFunction('violation', (what: string) => problems.push(what))
    await page.addInitScript(() => {
      addEventListener('securitypolicyviolation', (event) => {
        ;(globalThis as unknown as { violation: (what: string) => void }).violation(
          `${event.violatedDirective}: ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}:${event.columnNumber}`,
        )
      })
    })
  }
  await page.goto(url, { waitUntil: 'networkidle' })
  return { page, problems, close: () => context.close() }
}

/** The pages, by their path. */
export const PAGES: readonly string[] = [...(await readPages(ROOT)).map(({ path }) => path), '404.html']
