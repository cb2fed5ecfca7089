/** The suite in pages of Chromium. */
import { cp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { launch, type Witness } from '../browser/playground-page.js'
import { bundle, bundleFolder } from './bundle.js'
import type { Hosts } from './hosts.js'
import type { Report, Runtime } from './runtime.js'

/** What the suite itself asks for. */
const ASKED_FOR = /no-such-host\.invalid/

export function chromium(hosts: Hosts): Runtime {
  let launched: Promise<Witness> | undefined
  const witness = () => {
    launched ??= launch()
    return launched
  }
  return {
    name: 'Chromium',
    version: async () => (await witness()).browser.version(),
    run: async (job) => {
      const folder = bundleFolder(job, 'Chromium')
      await bundle(job, 'page', folder, ['browser'])
      await writeFile(join(folder, 'index.html'), '<!doctype html><script type="module" src="page.js"></script>')
      const worker = 'node_modules/msw/lib/mockServiceWorker.js'
      if (job.msw) await cp(join(job.folder, worker), join(folder, 'mockServiceWorker.js'))
      const { browser, elsewhere } = await witness()
      const context = await browser.newContext()
      try {
        const page = await context.newPage()
        await page.goto(hosts.serve(`page-${job.msw ?? 'suite'}`, folder))
        await page.waitForFunction('globalThis.matrix')
        const argument = JSON.stringify([job.columns, job.urls])
        const report = (await page.evaluate(`globalThis.matrix(...${argument})`)) as Report
        const left = elsewhere.filter((line) => !ASKED_FOR.test(line))
        if (left.length > 0) throw new Error(`a request left this machine: ${left.join(', ')}`)
        return report
      } finally {
        await context.close()
      }
    },
    stop: async () => (await launched)?.close(),
  }
}
