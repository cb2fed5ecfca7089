/** Paths of requests: which operation they name, and what stands in front. */
import { describe, expect, test } from 'vitest'
import { pathBelow, withoutDot } from '../../../src/mock/path-below.js'
import { createPaths, isTaken, route } from '../../../src/mock/router.js'
import { PATH } from '../../support/raw-request.js'

test.each([
  [PATH, true],
  [`${PATH}/`, false],
  ['/', false],
  ['', false],
])('%s is a path of the contract: %s', (path, expected) => {
  expect(isTaken(path)).toBe(expected)
})

test.each([
  ['', PATH, PATH],
  ['', `${PATH}?a=1`, PATH],
  ['', '?a=1', ''],
  ['/api', `/api${PATH}?a=1`, PATH],
  ['/api//', `/api${PATH}`, PATH],
  ['/api', `/apix${PATH}`, `/apix${PATH}`],
  ['/', PATH, PATH],
  ['/a b', `/a%20b${PATH}`, PATH],
])('with the base path %j, %s is %s', (basePath, target, path) => {
  expect(createPaths(basePath)(target)).toBe(path)
})

test.each([
  ['/api', '/api/x', '/x'],
  ['/api///', '/api/x', '/x'],
  ['/api', '/api', ''],
  ['/api', '/apix', undefined],
  ['/', '/x', '/x'],
])('below %s, %s is %s', (base, path, below) => {
  expect(pathBelow(base, path)).toBe(below)
})

test.each([
  ['h.', 'h'],
  ['h.:8080', 'h:8080'],
  ['a.b', 'a.b'],
  ['a.b:1', 'a.b:1'],
])('the host %s is %s', (host, plain) => {
  expect(withoutDot(host)).toBe(plain)
})

describe('a request', () => {
  test('to another path or with another method has a violation that says so', () => {
    expect(route('/none', 'POST').violation).toMatchObject({ field: 'path', keyword: 'path', received: '/none' })
    expect(route(PATH, 'GET').violation).toMatchObject({ field: 'method', expected: 'POST', received: 'GET' })
    expect(route(PATH, 'POST').violation).toBeUndefined()
  })
})
