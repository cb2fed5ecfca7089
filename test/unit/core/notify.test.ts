/** The caller's hooks: they are called at once, and their errors do not end a call. */
import { afterEach, expect, test, vi } from 'vitest'
import { notify } from '../../../src/core/notify.js'

const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
afterEach(() => printed.mockClear())

test('a hook is called at once, with all arguments', () => {
  const received: unknown[] = []
  notify('onX', (...all: unknown[]) => void received.push(all), 'a', 2)
  expect(received).toEqual([['a', 2]])
})

test('a hook may be missing', async () => {
  notify('onX', undefined, 'a')
  await Promise.resolve()
  expect(printed).not.toHaveBeenCalled()
})

const thrown = new Error('mistake')
test.each<[string, () => unknown]>([
  [
    'throws',
    () => {
      throw thrown
    },
  ],
  ['rejects', async () => Promise.reject(thrown)],
])('a hook that %s breaks nothing: the error is printed once, with the name of the hook', async (_how, callback) => {
  expect(() => notify('onX', callback)).not.toThrow()
  await vi.waitFor(() => expect(printed).toHaveBeenCalled())
  expect(printed.mock.calls).toEqual([['"onX" failed:', thrown]])
})
