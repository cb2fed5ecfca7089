import { describe, expect, test } from 'vitest'
import { decodeForm, encodeForm } from '../src/form.js'

// One row is one law: encode must write `wire`, decode must read it back as `value`.
describe('both directions', () => {
  test.each([
    { name: 'a list repeats its name, in order', kind: 'string[]', value: ['b', 'a'], wire: 'x=b&x=a' },
    { name: 'a list of one stays a list', kind: 'string[]', value: ['a'], wire: 'x=a' },
    { name: 'a comma is data, not a separator', kind: 'string[]', value: ['a,b'], wire: 'x=a%2Cb' },
    { name: 'an integer is written in decimal', kind: 'integer', value: -10, wire: 'x=-10' },
    { name: 'a list of integers', kind: 'integer[]', value: [1, 0], wire: 'x=1&x=0' },
    { name: 'a number with a fraction', kind: 'number', value: 1.5, wire: 'x=1.5' },
    { name: 'a boolean', kind: 'boolean', value: true, wire: 'x=true' },
    { name: 'an empty text is kept', kind: 'string', value: '', wire: 'x=' },
    {
      name: 'signs that mean something are escaped',
      kind: 'string',
      value: 'a&b=c+d e%f#?/',
      wire: 'x=a%26b%3Dc%2Bd%20e%25f%23%3F%2F',
    },
    { name: 'UTF-8 beyond the first plane', kind: 'string', value: '中😀', wire: 'x=%E4%B8%AD%F0%9F%98%80' },
  ] as const)('$name', ({ kind, value, wire }) => {
    expect(encodeForm({ x: value })).toBe(wire)
    expect(decodeForm(wire, { x: kind })).toEqual({ fields: { x: value }, breaches: [] })
    expect(new URLSearchParams(wire).getAll('x')).toEqual([value].flat().map(String))
  })
})

describe('encoding', () => {
  test('leaves out what is undefined, and nothing else', () => {
    expect(encodeForm({ a: undefined, b: null, c: 0, d: false })).toBe('b=null&c=0&d=false')
  })

  test('refuses half of a surrogate pair and names the field', () => {
    expect(() => encodeForm({ content: 'a\ud800' })).toThrow(
      '"content" must be well-formed Unicode. Received half of a surrogate pair',
    )
  })
})

describe('decoding', () => {
  test.each([
    ['x=a+b', 'a b'],
    ['x=a%20b', 'a b'],
    ['x=RC:TxtMsg', 'RC:TxtMsg'],
    ['x', ''],
    ['&&x=1&', '1'],
    ['x=a=b', 'a=b'],
  ])('reads %s', (wire, value) => {
    expect(decodeForm(wire, { x: 'string' })).toEqual({ fields: { x: value }, breaches: [] })
  })

  test.each(['0x1', '1e0', '01', '+1', '', ' 1', '1.0', '9007199254740993'])(
    'leaves %j as text where an integer is due',
    (text) => {
      expect(decodeForm(encodeForm({ x: text }), { x: 'integer' }).fields).toEqual({ x: text })
    },
  )

  test('never takes the first or the last of a doubled field for granted', () => {
    expect(decodeForm('x=1&x=2', { x: 'integer' }).breaches).toMatchObject([
      { field: 'x', keyword: 'repeated', message: 'x: one value, got 2' },
    ])
  })

  test('keeps what the table does not know', () => {
    expect(decodeForm('y=1&y=2&z=3', {}).fields).toEqual({ y: ['1', '2'], z: '3' })
  })

  test('keeps of what the table does not know the first thousand pairs, and all that it knows', () => {
    const { fields } = decodeForm(`${Array.from({ length: 2_000 }, (_, i) => `y${i}`).join('&')}&x=1`, { x: 'integer' })
    expect(Object.keys(fields)).toHaveLength(1_001)
    expect(fields).toMatchObject({ y999: '', x: 1 })
  })

  test('stops at the twentieth pair that it cannot read', () => {
    const { fields, breaches } = decodeForm(`x=1${'&y=%zz'.repeat(100)}&z=2`, { x: 'integer' })
    expect(breaches).toHaveLength(20)
    expect(fields).toEqual({ x: 1 })
  })

  test('takes __proto__ and constructor as names like any other', () => {
    const { fields } = decodeForm('__proto__=x&constructor=y&toString=z', {})
    expect(Object.entries(fields)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['toString', 'z'],
    ])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test.each(['x=%', 'x=%zz', 'x=%C3', 'x=%ED%A0%80', '%ff=1'])('refuses %s, which is no UTF-8', (wire) => {
    expect(decodeForm(wire, { x: 'string' }).breaches).toMatchObject([{ keyword: 'encoding' }])
  })
})
