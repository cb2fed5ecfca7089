/**
 * The page's side of MSW's service worker: it asks the page for each request, and the handlers answer.
 *
 * `setupWorker` would do the same and weighs twice as much as the rest of the page, for it also takes the place of
 * `XMLHttpRequest` and `WebSocket`. The messages are those of `mockServiceWorker.js` of the same version.
 *
 * @module
 */
import { getResponse, type RequestHandler } from 'msw'

/** What the worker says of a request that it has caught. */
interface Caught extends Omit<RequestInit, 'body'> {
  readonly url: string
  readonly method: string
  readonly body: ArrayBuffer
}

/**
 * Carries the answer's status past the browser, which writes each refused request into the console as an error of the
 * page.
 */
const STATUS = 'x-mock-status'

/** The answer behind what the worker handed out; undefined for anything that is not the handlers'. */
export async function unwrapped(response: Response): Promise<Response | undefined> {
  const headers = new Headers(response.headers)
  const status = Number(headers.get(STATUS))
  headers.delete(STATUS)
  return status ? new Response((await response.text()) || null, { status, headers }) : undefined
}

/** Milliseconds after which a worker that is being installed, or woken, counts as none. */
const PATIENCE = { install: 5_000, wake: 1_500 }

const within = <T>(time: number, promise: Promise<T>): Promise<T> =>
  Promise.race([promise, new Promise<never>((_, fail) => setTimeout(fail, time, new Error('no answer')))])

/** Settles with the next event of its name. */
const next = (target: EventTarget, name: string, fits: (event: Event) => boolean = () => true): Promise<void> =>
  new Promise((done) => {
    target.addEventListener(name, function listen(event) {
      if (!fits(event)) return
      target.removeEventListener(name, listen)
      done()
    })
  })

async function answer(handlers: readonly RequestHandler[], base: string, { data, ports: [port] }: MessageEvent) {
  const { url, body, method, ...init } = data.payload as Caught
  // The page's own files too pass the worker.
  const request = url.startsWith(base)
    ? new Request(url, { ...init, method, body: /^(GET|HEAD)$/.test(method) ? null : body })
    : undefined
  const response = request && (await getResponse([...handlers], request))
  if (!response) return port?.postMessage({ type: 'PASSTHROUGH' })
  const headers = [...response.headers, [STATUS, String(response.status)]]
  port?.postMessage({ type: 'MOCK_RESPONSE', data: { status: 200, headers, body: await response.arrayBuffer() } })
}

/** The worker, registered and ready; rejects where the browser has none for this page. */
async function register(url: URL): Promise<ServiceWorkerContainer> {
  const { serviceWorker } = navigator
  const controlled = next(serviceWorker, 'controllerchange')
  await serviceWorker.register(url, { scope: new URL('./', url).pathname })
  if (!serviceWorker.controller) await controlled
  return serviceWorker
}

/**
 * Registers the worker beside the page.
 *
 * @param base URLs that start with it are answered; all others go their way
 * @returns wakes the worker; false where there is none, or none that answers
 */
export function startWorker(handlers: readonly RequestHandler[], url: URL, base: string): () => Promise<boolean> {
  if (!navigator.serviceWorker) return async () => false
  navigator.serviceWorker.addEventListener('message', (event) => {
    if (event.data?.type === 'REQUEST') void answer(handlers, base, event)
  })
  const ready = within(PATIENCE.install, register(url))
  ready.catch(() => {})
  addEventListener('pagehide', () => navigator.serviceWorker.controller?.postMessage('CLIENT_CLOSED'))
  return async () => {
    try {
      const container = await ready
      // Each time: a browser may stop the worker when it is idle, and start it again knowing nobody.
      const enabled = next(container, 'message', (event) => (event as MessageEvent).data?.type === 'MOCKING_ENABLED')
      container.controller?.postMessage('MOCK_ACTIVATE')
      await within(PATIENCE.wake, enabled)
      return true
    } catch {
      return false
    }
  }
}
