/**
 * Whether the service worker takes requests now.
 *
 * @module
 */
import { withTimeout } from '../../../../core/wait.js'

/** After these times, a worker that does not answer counts as missing. */
const START_TIMEOUT_MS = 5_000
const WAKE_TIMEOUT_MS = 1_500

const noAnswer = (): Error => new Error('The service worker does not answer')

/** Settles when the worker says that it sends the requests of this page to this page. */
const nextConfirmation = (container: ServiceWorkerContainer): Promise<void> =>
  new Promise((done) => {
    container.addEventListener('message', function listener({ data }) {
      if (data?.type !== 'MOCKING_ENABLED') return
      container.removeEventListener('message', listener)
      done()
    })
  })

/**
 * Gives access to a worker that is started when it is first needed.
 *
 * @returns wakes the worker; false where the browser has none for this page, or it does not answer
 */
export function createWorkerAccess(start: () => Promise<void>): () => Promise<boolean> {
  let started: Promise<void> | undefined
  return async () => {
    const { serviceWorker: container } = navigator
    if (!container) return false
    try {
      started ??= withTimeout(start(), START_TIMEOUT_MS, noAnswer)
      await started
      // Before each request: browsers stop an idle worker, and one that was started again does not know the page.
      const confirmed = nextConfirmation(container)
      container.controller?.postMessage('MOCK_ACTIVATE')
      await withTimeout(confirmed, WAKE_TIMEOUT_MS, noAnswer)
      return true
    } catch {
      return false
    }
  }
}
