/** The suite in a page; `matrix` is called from outside. */
import { runSuite } from './suite.mjs'

async function intercept(handlers, options) {
  const { setupWorker } = await import('msw/browser')
  const worker = setupWorker(...handlers)
  await worker.start({ ...options, quiet: true, serviceWorker: { url: './mockServiceWorker.js' } })
  return () => worker.stop()
}

globalThis.matrix = (columns, urls) => runSuite(columns, { urls, intercept })
