import { describe, expect, test } from 'vitest'
import { decodeForm, encodeForm } from '../../../src/core/form.js'

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
    { name: 'an empty text is sent', kind: 'string', value: '', wire: 'x=' },
    {
      name: 'signs that mean something are escaped',
      kind: 'string',
      value: 'a&b=c+d e%f#?/',
      wire: 'x=a%26b%3Dc%2Bd%20e%25f%23%3F%2F',
    },
    { name: 'UTF-8 beyond the first plane', kind: 'string', value: '中😀', wire: 'x=%E4%B8%AD%F0%9F%98%80' },
  ] as const)('$name', ({ kind, value, wire }) => {
    expect(encodeForm({ x: value })).toBe(wire)
    expect(decodeForm(wire, { x: kind })).toEqual({ fields: { x: value }, violations: [] })
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
    ['x=true', 'true'],
  ])('reads %s', (wire, value) => {
    expect(decodeForm(wire, { x: 'string' })).toEqual({ fields: { x: value }, violations: [] })
    expect(new URLSearchParams(wire).get('x')).toBe(value)
  })

  test('reads a pair without a name as a pair with an empty name', () => {
    expect(decodeForm('=x', {}).fields).toEqual({ '': 'x' })
    expect([...new URLSearchParams('=x')]).toEqual([['', 'x']])
  })

  test.each(['0x1', '1e0', '01', '+1', '', ' 1', '1.0', '9007199254740993'])(
    'leaves %j as text where an integer is due',
    (text) => {
      expect(decodeForm(encodeForm({ x: text }), { x: 'integer' }).fields).toEqual({ x: text })
    },
  )

  // Numbers are written as in JSON, so its own parser is the witness.
  test.each([
    ...['0', '-0.5', '12', '12.25', '1e5', '1E-7', '2.5e+10', '-12.05e12'],
    ...['', '-', '01', '.5', '1.', '1.5x', 'x1.5', '1e', '1e+', '1ex', '+1', '0x1', 'Infinity', '1,5'],
  ])('a number field reads %j as JSON does, or leaves it as text', (text) => {
    let value: unknown = text
    try {
      value = JSON.parse(text)
    } catch {}
    expect(decodeForm(encodeForm({ x: text }), { x: 'number' }).fields).toEqual({ x: value })
  })

  test.each([
    ['true', true],
    ['false', false],
    ['True', 'True'],
    ['1', '1'],
    ['', ''],
  ])('a boolean field reads %j as %j', (text, value) => {
    expect(decodeForm(`x=${text}`, { x: 'boolean' }).fields).toEqual({ x: value })
  })

  test('reports a field that comes twice, and returns its first value', () => {
    const { fields, violations } = decodeForm('x=1&x=2&x=3', { x: 'integer' })
    expect(violations).toMatchObject([{ field: 'x', keyword: 'repeated', message: 'x: one value, got 3' }])
    expect(fields).toEqual({ x: 1 })
  })

  test('returns fields outside the table as text', () => {
    const { fields } = decodeForm('y=1&y=2&y=true&z=3&w=true', {})
    expect(fields).toEqual({ y: ['1', '2', 'true'], z: '3', w: 'true' })
  })

  test('returns the first thousand pairs outside the table, and all pairs in the table', () => {
    const { fields } = decodeForm(`${Array.from({ length: 2_000 }, (_, i) => `y${i}`).join('&')}&x=1`, { x: 'integer' })
    expect(Object.keys(fields)).toHaveLength(1_001)
    expect(fields).toMatchObject({ y999: '', x: 1 })
  })

  test('stops at the twentieth pair that it cannot read', () => {
    const { fields, violations } = decodeForm(`x=1${'&y=%zz'.repeat(100)}&z=2`, { x: 'integer' })
    expect(violations).toHaveLength(20)
    expect(fields).toEqual({ x: 1 })
  })

  test('shows the first 40 characters of a pair that it cannot read, and 64 of its name', () => {
    const shown = (wire: string) => decodeForm(wire, {}).violations[0]
    expect(shown(`x=%zz${'a'.repeat(35)}`)).toMatchObject({ field: 'x', received: `"x=%zz${'a'.repeat(35)}"` })
    expect(shown(`x=%zz${'a'.repeat(36)}`)).toMatchObject({ field: 'x', received: `"x=%zz${'a'.repeat(35)}…"` })
    expect(shown(`${'n'.repeat(65)}=%zz`)).toMatchObject({
      field: `${'n'.repeat(64)}…`,
      received: `"${'n'.repeat(40)}…"`,
    })
    const message = 'body: percent escapes of UTF-8, got "%ff=1"'
    expect(shown('%ff=1')).toMatchObject({ field: 'body', received: '"%ff=1"', message })
  })

  test('treats __proto__ and constructor as ordinary names', () => {
    const { fields } = decodeForm('__proto__=x&constructor=y&toString=z', {})
    expect(Object.entries(fields)).toEqual([
      ['__proto__', 'x'],
      ['constructor', 'y'],
      ['toString', 'z'],
    ])
    expect(({} as Record<string, unknown>)['x']).toBeUndefined()
  })

  test.each(['x=%', 'x=%zz', 'x=%C3', 'x=%ED%A0%80', '%ff=1'])('refuses %s, which is not UTF-8', (wire) => {
    expect(decodeForm(wire, { x: 'string' }).violations).toMatchObject([{ keyword: 'encoding' }])
  })
})
