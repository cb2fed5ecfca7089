/**
 * The page's side of MSW's service worker: it sends each request to the page, and the handlers answer.
 *
 * MSW's own `setupWorker` is twice as large as the rest of the page, because it also patches `XMLHttpRequest` and
 * `WebSocket`. The messages are those of `mockServiceWorker.js` of the same version.
 *
 * @module
 */
import { getResponse, type RequestHandler } from 'msw'
import { withTimeout } from '../../../../rate-limit/wait.js'

/** A request that the worker has intercepted. */
interface InterceptedRequest extends Omit<RequestInit, 'body'> {
  readonly url: string
  readonly method: string
  readonly body: ArrayBuffer
}

/**
 * The header with the answer's status. The worker itself answers with 200, because browsers log every refused request as
 * an error of the page.
 */
const STATUS_HEADER = 'x-mock-status'

/** The handlers' answer inside the worker's; undefined for an answer that does not come from the handlers. */
export async function unwrapResponse(response: Response): Promise<Response | undefined> {
  const headers = new Headers(response.headers)
  const status = Number(headers.get(STATUS_HEADER))
  headers.delete(STATUS_HEADER)
  return status ? new Response((await response.text()) || null, { status, headers }) : undefined
}

/** After these times, a worker that does not answer counts as missing. */
const INSTALL_TIMEOUT_MS = 5_000
const WAKE_TIMEOUT_MS = 1_500

const noAnswer = (): Error => new Error('The service worker does not answer')

/** Settles with the next event of this name that matches. */
const nextEvent = (target: EventTarget, name: string, matches: (event: Event) => boolean = () => true): Promise<void> =>
  new Promise((done) => {
    target.addEventListener(name, function listener(event) {
      if (!matches(event)) return
      target.removeEventListener(name, listener)
      done()
    })
  })

async function answerWorker(handlers: readonly RequestHandler[], base: string, event: MessageEvent): Promise<void> {
  const [port] = event.ports
  const { url, body, method, ...init }: InterceptedRequest = event.data.payload
  // The worker intercepts the requests for the page's own files, too.
  const request = url.startsWith(base)
    ? new Request(url, { ...init, method, body: /^(GET|HEAD)$/.test(method) ? null : body })
    : undefined
  const response = request && (await getResponse([...handlers], request))
  if (!response) {
    port?.postMessage({ type: 'PASSTHROUGH' })
    return
  }
  const headers = [...response.headers, [STATUS_HEADER, String(response.status)]]
  port?.postMessage({ type: 'MOCK_RESPONSE', data: { status: 200, headers, body: await response.arrayBuffer() } })
}

/** The worker, registered and ready; rejects where the browser has none for this page. */
async function registerWorker(url: URL): Promise<ServiceWorkerContainer> {
  const { serviceWorker } = navigator
  const controlled = nextEvent(serviceWorker, 'controllerchange')
  await serviceWorker.register(url, { scope: new URL('./', url).pathname })
  if (!serviceWorker.controller) await controlled
  return serviceWorker
}

/**
 * Registers the worker beside the page.
 *
 * @param base URLs that start with it are answered; all others go to the network
 * @returns wakes the worker; false where there is none, or it does not answer
 */
export function startWorker(handlers: readonly RequestHandler[], url: URL, base: string): () => Promise<boolean> {
  if (!navigator.serviceWorker) return async () => false
  navigator.serviceWorker.addEventListener('message', (event) => {
    if (event.data?.type === 'REQUEST') void answerWorker(handlers, base, event)
  })
  const registered = withTimeout(registerWorker(url), INSTALL_TIMEOUT_MS, noAnswer)
  // Each call of the function below sees the error; without a call it is no unhandled rejection.
  registered.catch(() => {})
  addEventListener('pagehide', () => navigator.serviceWorker.controller?.postMessage('CLIENT_CLOSED'))
  return async () => {
    try {
      const container = await registered
      // Before each request: a browser may stop an idle worker and start it again, and then it does not know the page.
      const enabled = nextEvent(
        container,
        'message',
        (event) => event instanceof MessageEvent && event.data?.type === 'MOCKING_ENABLED',
      )
      container.controller?.postMessage('MOCK_ACTIVATE')
      await withTimeout(enabled, WAKE_TIMEOUT_MS, noAnswer)
      return true
    } catch {
      return false
    }
  }
}
