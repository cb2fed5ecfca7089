/** Whether the service worker takes requests, with a fake worker. */
import { afterEach, expect, test, vi } from 'vitest'
import { createWorkerAccess } from '../../../../../../src/tooling/docs/playground/browser/worker-access.js'

afterEach(() => {
  vi.unstubAllGlobals()
  vi.useRealTimers()
})

/** A fake worker that says that it is awake when it is asked. */
function fakeWorker({ answers = true } = {}) {
  const container = new EventTarget()
  const messages: string[] = []
  const controller = {
    postMessage: (message: string) => {
      messages.push(message)
      if (answers) container.dispatchEvent(new MessageEvent('message', { data: { type: 'MOCKING_ENABLED' } }))
    },
  }
  vi.stubGlobal('navigator', { serviceWorker: Object.assign(container, { controller }) })
  return messages
}

test('a worker is started once, and woken before each request', async () => {
  const messages = fakeWorker()
  const start = vi.fn(async () => {})
  const wake = createWorkerAccess(start)
  expect(start).not.toHaveBeenCalled()
  expect([await wake(), await wake()]).toEqual([true, true])
  expect(start).toHaveBeenCalledTimes(1)
  expect(messages).toEqual(['MOCK_ACTIVATE', 'MOCK_ACTIVATE'])
})

test('a worker that cannot start counts as missing', async () => {
  fakeWorker()
  expect(await createWorkerAccess(() => Promise.reject(new Error('refused')))()).toBe(false)
})

test.each([
  { name: 'never starts', start: () => new Promise<void>(() => {}), answers: true, wait: 5_000 },
  { name: 'does not answer', start: async () => {}, answers: false, wait: 1_500 },
])('a worker that $name in time counts as missing', async ({ start, answers, wait }) => {
  vi.useFakeTimers()
  fakeWorker({ answers })
  const awake = createWorkerAccess(start)()
  await vi.advanceTimersByTimeAsync(wait)
  expect(await awake).toBe(false)
})

test('nothing is started where the browser has no service workers', async () => {
  vi.stubGlobal('navigator', {})
  const start = vi.fn(async () => {})
  expect(await createWorkerAccess(start)()).toBe(false)
  expect(start).not.toHaveBeenCalled()
})
