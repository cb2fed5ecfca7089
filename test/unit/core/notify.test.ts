/** Functions of the caller's that are told what happens: they are called at once, and cannot break what calls them. */
import { afterEach, expect, test, vi } from 'vitest'
import { notify } from '../../../src/core/notify.js'

const printed = vi.spyOn(console, 'error').mockImplementation(() => {})
afterEach(() => printed.mockClear())

test('is called at once, with what there is to tell', () => {
  const told: unknown[] = []
  notify('onX', (...all: unknown[]) => void told.push(all), 'a', 2)
  expect(told).toEqual([['a', 2]])
})

test('need not be there', async () => {
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
])('one that %s breaks nothing: the error is printed once, under its name', async (_how, callback) => {
  expect(() => notify('onX', callback)).not.toThrow()
  await vi.waitFor(() => expect(printed).toHaveBeenCalled())
  expect(printed.mock.calls).toEqual([['"onX" failed:', thrown]])
})
