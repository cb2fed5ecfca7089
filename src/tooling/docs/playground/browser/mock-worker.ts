/**
 * The mock behind MSW's service worker. Loaded when it is first needed, because MSW weighs as much as the rest of the page.
 *
 * @module
 */
import { setupWorker } from 'msw/browser'
import { type HandlersOptions, handlers } from '../../../../msw.js'

/**
 * Starts the worker beside the page.
 *
 * @param options base URLs; all other requests go to the network
 */
export async function startMockWorker(api: Parameters<typeof handlers>[0], options: HandlersOptions): Promise<void> {
  const url = new URL('mockServiceWorker.js', import.meta.url).href
  await setupWorker(...handlers(api, options)).start({
    serviceWorker: { url },
    onUnhandledRequest: 'bypass',
    quiet: true,
  })
}
