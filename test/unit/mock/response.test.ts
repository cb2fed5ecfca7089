/** How the mock fills the template of an answer. */
import { expect, test } from 'vitest'
import { build } from '../../../src/mock/response.js'

test('a list inside another takes the item at hand of both', () => {
  const pair = { object: { user: { value: 'userId' }, room: { value: 'roomId' } } }
  const template = { each: 'userId', item: { each: 'roomId', item: pair } }
  expect(build(template, { userId: ['ann', 'bob'], roomId: ['lobby'] }, () => 0)).toEqual([
    [{ user: 'ann', room: 'lobby' }],
    [{ user: 'bob', room: 'lobby' }],
  ])
})

test('outside its list, a field is the whole list', () => {
  const template = {
    object: { users: { value: 'userId' }, each: { each: 'userId', item: { value: 'userId' } } },
  }
  expect(build(template, { userId: ['ann', 'bob'] }, () => 0)).toEqual({ users: ['ann', 'bob'], each: ['ann', 'bob'] })
})
