/** The playground's table of the spec. */
import { describe, expect, test } from 'vitest'
import { tableOf } from '../../../../../src/tooling/docs/playground/spec-table.js'
import { messageTypes, SPEC, withOperations } from '../../../../support/docs-site.js'

const table = tableOf(SPEC, 'the-package')
const [send] = table.operations
const field = (name: string) => send?.fields.find((one) => one.name === name)

describe('the table', () => {
  test('has each field in order, with a hint and the limits that its control does not show', () => {
    expect(table.package).toBe('the-package')
    expect(send?.fields.map(({ name }) => name)).toEqual(
      Object.keys(SPEC.components?.schemas?.['GroupStatusMessage']?.properties ?? {}),
    )
    expect(field('toGroupId')).toEqual({
      name: 'toGroupId',
      required: true,
      hint: 'The receiving groups, one to three of them.',
      limits: ['at most 3 groups in one call', 'each at most 64 characters'],
      maxCharacters: 64,
      example: ['2193', '2192'],
    })
    expect(field('content')).toMatchObject({ maxBytes: 131_072, limits: [] })
    expect(field('objectName')).toMatchObject({ maxCharacters: 32, limits: [] })
    expect(field('isIncludeSender')).toMatchObject({ choices: ['0', '1'], default: '0', required: false })
    expect(field('isIncludeSender')?.hint).toContain('<code>1</code>')
    expect(send?.headers.map(({ name, required }) => [name, required])).toEqual([['X-Request-ID', false]])
  })

  test('has the named examples as texts of a form', () => {
    expect(send?.examples.find(({ name }) => name === 'textToTwoGroups')?.fields).toEqual({
      fromUserId: ['2191'],
      toGroupId: ['2193', '2192'],
      objectName: ['RC:TxtMsg'],
      content: ['{"content":"hello","extra":"helloExtra"}'],
      isIncludeSender: ['0'],
    })
  })

  test('has the programs of the spec, and for an operation without its own those of another operation, with its path', () => {
    expect(send?.samples.map(({ lang }) => lang)).toEqual(['Python', 'Java', 'Go', 'PHP'])
    const both = tableOf(withOperations('cursor_move'), 'p').operations
    const move = both.find(({ id }) => id === 'moveCursor')
    expect(move?.samples.map(({ lang }) => lang)).toEqual(['Python', 'Java', 'Go', 'PHP'])
    for (const { source } of move?.samples ?? [])
      expect(source).toMatch(/"\/cursor\/move\.json"|'\/cursor\/move\.json'/)
  })

  test('has every answer with its status and code, success first', () => {
    expect(send?.answers[0]).toMatchObject({ status: 200, code: 200 })
    expect(send?.answers).toContainEqual(expect.objectContaining({ name: 'rateLimited', status: 429, code: 1008 }))
    expect(send?.answers).toContainEqual(expect.objectContaining({ name: 'internalError', status: 500, code: 1000 }))
  })

  test('has every message type, with a template where its fields are known', () => {
    expect(Object.keys(table.types).toSorted()).toEqual(
      messageTypes()
        .map(([name]) => name)
        .toSorted(),
    )
    const command = table.types['RC:CmdMsg']
    expect(command).toMatchObject({ counted: false, stored: false })
    expect(Object.keys(JSON.parse(command?.template ?? '') as object)).toEqual(['name', 'data'])
  })

  test('has numbers, choices, and an example made of those of the fields for another operation', () => {
    const move = tableOf(withOperations('cursor_move'), 'p').operations.find(({ id }) => id === 'moveCursor')
    expect(move?.fields.map(({ name, limits, example }) => [name, limits, example])).toEqual([
      ['cursor', ['text like ^[a-z]+$'], ['pen']],
      ['viewerId', ['at least 2 viewers', 'at most 5 viewers', 'each item once', 'each at least 1'], ['7', '8']],
      ['x', ['at least -100', 'at most 100'], ['12']],
      ['scale', ['more than 0'], ['1.5']],
    ])
    expect(move?.headers).toEqual([
      { name: 'X-Board', required: true, hint: 'The board.', limits: [], choices: ['red', 'blue'], example: ['red'] },
    ])
    expect(move?.examples.map(({ fields }) => fields)).toEqual([
      { cursor: ['pen'], viewerId: ['7', '8'], x: ['12'], scale: ['1.5'] },
    ])
    expect(move?.answers.map(({ name, code }) => [name, code])).toContainEqual(['cursorTaken', 7009])
  })

  test('has fields that are named like properties of every object', () => {
    const odd = tableOf(withOperations('odd'), 'p').operations.find(({ id }) => id === 'sendOddities')
    expect(odd?.fields.map(({ name }) => name)).toEqual(expect.arrayContaining(['tags', 'constructor', 'flag']))
    expect(odd?.fields.find(({ name }) => name === 'constructor')?.example).toEqual(['x'])
  })
})
