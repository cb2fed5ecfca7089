/** The page's side of MSW's service worker, with a fake worker. */
import { HttpResponse, http } from 'msw'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { startWorker, unwrapResponse } from '../../../../../../src/tooling/docs/playground/browser/service-worker.js'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

describe('an answer of the worker', () => {
  test('has the status of the handlers’ answer', async () => {
    const carried = new Response('{"code":1004}', { headers: { 'x-mock-status': '401', 'x-other': '1' } })
    const response = await unwrapResponse(carried)
    expect([response?.status, await response?.text()]).toEqual([401, '{"code":1004}'])
    expect([...(response?.headers.keys() ?? [])].toSorted()).toEqual(['content-type', 'x-other'])
  })

  test('may have no body', async () => {
    const response = await unwrapResponse(new Response('', { headers: { 'x-mock-status': '204' } }))
    expect([response?.status, response?.body]).toEqual([204, null])
  })

  test('that comes from the web server is ignored', async () => {
    expect(await unwrapResponse(new Response('<html>'))).toBeUndefined()
  })
})

const BASE = 'https://site.test/playground/mock/'
const HANDLERS = [
  http.post(`${BASE}*`, () => HttpResponse.json({ code: 1004 }, { status: 401 })),
  http.get('*', () => HttpResponse.json({})),
]

interface Posted {
  readonly type: string
  readonly data?: { readonly status: number; readonly headers: [string, string][]; readonly body: ArrayBuffer }
}

/** A fake worker that answers when it is woken; `asks` makes it send an intercepted request to the page. */
function worker({ answers = true } = {}) {
  const container = new EventTarget()
  const registered: string[] = []
  const messages: string[] = []
  const controller = {
    postMessage: (what: string) => {
      messages.push(what)
      if (answers) container.dispatchEvent(new MessageEvent('message', { data: { type: 'MOCKING_ENABLED' } }))
    },
  }
  const register = async (url: URL, { scope }: { scope: string }) => void registered.push(`${url} ${scope}`)
  vi.stubGlobal('navigator', { serviceWorker: Object.assign(container, { controller, register }) })
  vi.stubGlobal('addEventListener', () => {})
  const asks = (payload: object) =>
    new Promise<Posted>((done) => {
      const port = { postMessage: done }
      container.dispatchEvent(
        Object.assign(new Event('message'), { data: { type: 'REQUEST', payload }, ports: [port] }),
      )
    })
  return { registered, messages, asks }
}

const start = () => startWorker(HANDLERS, new URL('https://site.test/playground/mockServiceWorker.js'), BASE)

describe('the worker', () => {
  test('is registered for the folder of the page, and woken', async () => {
    const { registered, messages } = worker()
    const wake = start()
    expect(await wake()).toBe(true)
    expect(registered).toEqual(['https://site.test/playground/mockServiceWorker.js /playground/'])
    expect(messages).toEqual(['MOCK_ACTIVATE'])
  })

  test('gets the answer of the handlers, with the status in a header', async () => {
    const { asks } = worker()
    start()
    const { type, data } = await asks({ url: `${BASE}a.json`, method: 'POST', headers: {}, body: new ArrayBuffer(0) })
    expect([type, data?.status]).toEqual(['MOCK_RESPONSE', 200])
    expect(data?.headers).toContainEqual(['x-mock-status', '401'])
    expect(new TextDecoder().decode(data?.body)).toBe('{"code":1004}')
  })

  test.each([
    ['a file of the page', { url: 'https://site.test/playground/playground.js', method: 'GET', headers: {} }],
    ['a request without a handler', { url: `${BASE}a.json`, method: 'PUT', headers: {} }],
  ])('passes through %s', async (_name, payload) => {
    const { asks } = worker()
    start()
    expect(await asks(payload)).toEqual({ type: 'PASSTHROUGH' })
  })

  test('that does not answer in time counts as missing', async () => {
    vi.useFakeTimers()
    worker({ answers: false })
    const woken = start()()
    await vi.advanceTimersByTimeAsync(1_500)
    expect(await woken).toBe(false)
  })

  test('is missing where the browser has no service workers', async () => {
    vi.stubGlobal('navigator', {})
    expect(await start()()).toBe(false)
  })
})
