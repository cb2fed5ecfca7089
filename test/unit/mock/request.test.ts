/** Bodies as text. */
import { expect, test } from 'vitest'
import { mustBeMock, textOf } from '../../../src/mock/request.js'

test.each([
  ['ASCII', [0x61, 0x3d], 'a='],
  ['UTF-8', [0xc3, 0xbc, 0xf0, 0x9f, 0x98, 0x80], 'ü😀'],
  ['a byte order mark, which is data', [0xef, 0xbb, 0xbf, 0x61], '\ufeffa'],
  ['bytes that are no UTF-8, as escapes', [0x61, 0x7f, 0x80, 0xff], 'a\x7f%80%ff'],
])('%s', (_name, bytes, text) => {
  expect(textOf(new Uint8Array(bytes))).toBe(text)
})

test.each([undefined, null, {}, { handle: true }, { appKey: 'k' }, 'x'])('%j is no mock', (api) => {
  const message = `The first argument must be a mock, made by createMockApi. Received ${typeof api}`
  expect(() => mustBeMock(api as never)).toThrow(new TypeError(message))
})

test('what has the method of a mock is one', () => {
  expect(() => mustBeMock({ handle: () => {} })).not.toThrow()
})
