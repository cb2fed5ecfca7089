/** The suite in pages of Chromium. */
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type Browser, chromium as browserType } from 'playwright-core'
import { type RefusingProxy, startRefusingProxy } from '../../support/refusing-proxy.js'
import { bundle, bundleFolder } from './bundle.js'
import type { Hosts } from './hosts.js'
import type { Report, Runtime } from './runtime.js'

/** What the suite itself asks for. */
const ASKED_FOR = /no-such-host\.invalid/

interface Launched {
  readonly browser: Browser
  readonly proxy: RefusingProxy
}

async function launch(): Promise<Launched> {
  const proxy = await startRefusingProxy()
  const browser = await browserType.launch({
    executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
    proxy: proxy.settings,
  })
  return { browser, proxy }
}

export function chromium(hosts: Hosts): Runtime {
  let launching: Promise<Launched> | undefined
  const launched = () => {
    launching ??= launch()
    return launching
  }
  return {
    name: 'Chromium',
    version: async () => (await launched()).browser.version(),
    run: async (job) => {
      const folder = bundleFolder(job, 'Chromium')
      await bundle(job, 'page', folder, ['browser'])
      await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>')
      const worker = 'node_modules/msw/lib/mockServiceWorker.js'
      if (job.msw) await cp(join(job.folder, worker), join(folder, 'mockServiceWorker.js'))
      const { browser, proxy } = await launched()
      const context = await browser.newContext()
      try {
        const page = await context.newPage()
        await page.goto(hosts.serve(`page-${job.msw ?? 'suite'}`, folder))
        await page.waitForFunction('globalThis.matrix')
        const argument = JSON.stringify([job.columns, job.urls])
        const report = (await page.evaluate(`globalThis.matrix(...${argument})`)) as Report
        const left = proxy.elsewhere.filter((line) => !ASKED_FOR.test(line))
        if (left.length > 0) throw new Error(`a request left this machine: ${left.join(', ')}`)
        return report
      } finally {
        await context.close()
      }
    },
    stop: async () => {
      const running = await launching
      await running?.browser.close()
      await running?.proxy.close()
    },
  }
}
