/** What the pages say of a spec: fields with their limits, regions, sections, samples of values; and code as HTML. */
import { describe, expect, test } from 'vitest'
import { regionsOf, sectionsOf, signingOf } from '../../../../../src/tooling/docs/content/api.js'
import { exampleOf, formExample } from '../../../../../src/tooling/docs/content/examples.js'
import { fieldsOf } from '../../../../../src/tooling/docs/content/fields.js'
import { callsOf } from '../../../../../src/tooling/docs/content/operations.js'
import { blocks, escaped, line } from '../../../../../src/tooling/docs/html.js'
import { highlighted, tabs } from '../../../../../src/tooling/docs/pages/code-block.js'
import type { Json } from '../../../../../src/tooling/generate/openapi.js'
import { SPEC, withOperations } from '../../../../support/docs-site.js'

const NONE = {} as Json

describe('fields', () => {
  test.each([
    ['a text', { type: 'string', minLength: 1, maxLength: 8 }, 'string', ['at most 8 characters']],
    [
      'a list',
      { type: 'array', minItems: 2, items: { type: 'integer', minimum: 1 } },
      'list of integers',
      ['at least 2 items', 'each at least 1'],
    ],
    ['a list of anything', { type: 'array' }, 'list', []],
    ['one of several values', { enum: [1, 2] }, 'number', ['one of 1, 2']],
    ['a value or nothing', { type: ['boolean', 'null'] }, 'boolean', []],
    ['anything', {}, 'any', []],
  ])('%s has a type and limits in words', (_name, schema, type, limits) => {
    const [field] = fieldsOf(NONE, { properties: { it: schema } })
    expect([field?.type, field?.limits]).toEqual([type, limits])
  })

  test('of an object, or of the objects of a list, stand beneath it', () => {
    const inner = { properties: { name: { type: 'string', description: ' Of it. ' } }, required: ['name'] }
    const [one, many] = fieldsOf(NONE, { properties: { one: inner, many: { type: 'array', items: inner } } })
    expect(one?.fields.map(({ name, required, description }) => [name, required, description])).toEqual([
      ['name', true, 'Of it.'],
    ])
    expect(many?.fields).toEqual(one?.fields)
  })

  test('have examples, a default and assumptions as texts, those of the items too', () => {
    const [field] = fieldsOf(NONE, {
      properties: {
        it: { type: 'array', default: [1], 'x-assumption': 'A.', items: { examples: [7], 'x-assumption': 'B.' } },
      },
    })
    expect(field).toMatchObject({ default: '[1]', examples: ['7'], assumptions: ['A.', 'B.'], required: false })
  })
})

describe('examples', () => {
  test('of a form fill what must be there and what has one, no two items alike where that is asked', () => {
    const form = {
      required: ['a'],
      properties: {
        a: { type: 'array', minItems: 3, uniqueItems: true, items: { type: 'integer', examples: [7] } },
        b: { type: 'string' },
        c: { type: 'string', examples: ['x'] },
      },
    }
    expect(formExample(NONE, form)).toEqual({ a: [7, 8, 9], c: 'x' })
  })

  test('come to an end in a schema that holds itself', () => {
    const spec = { components: { schemas: { A: { properties: { a: { $ref: '#/components/schemas/A' } } } } } }
    expect(JSON.stringify(exampleOf(spec as unknown as Json, { $ref: '#/components/schemas/A' }))).toMatch(/^(\{"a":)+/)
  })
})

describe('the facts', () => {
  test('have each region once, with its hosts', () => {
    const regions = regionsOf(SPEC)
    const servers = SPEC['servers'] as unknown as { url: string; 'x-region': string }[]
    expect(regions.map(({ id }) => id)).toEqual([...new Set(servers.map((one) => one['x-region']))])
    const hosts = regions.flatMap(({ primary, backup }) => [primary, ...(backup ? [backup] : [])])
    expect(hosts.toSorted()).toEqual(servers.map(({ url }) => url).toSorted())
    const plain = { servers: [{ url: 'https://a.example', description: 'Berlin, main. Slow.' }] } as unknown as Json
    expect(regionsOf(plain)).toEqual([
      { id: 'https://a.example', name: 'Berlin', primary: 'https://a.example', backup: undefined, notes: ['Slow.'] },
    ])
  })

  test('have the description by its headings', () => {
    const spec = { info: { description: 'Intro.\n\n## One\n\nText.\n### Not one\n## Two\nMore.' } } as unknown as Json
    expect(sectionsOf(spec)).toEqual([
      { title: '', markdown: 'Intro.' },
      { title: 'One', markdown: 'Text.\n### Not one' },
      { title: 'Two', markdown: 'More.' },
    ])
  })

  test('have the signature and its published vector, or none', () => {
    expect(signingOf(SPEC)).toMatchObject({
      algorithm: 'sha1',
      of: ['appSecret', 'nonce', 'timestamp'],
      vector: { signature: '30be0bbca9c9b2e27578701e9fda2358a814c88f' },
    })
    expect(signingOf(NONE)).toBeUndefined()
  })

  test('have every operation, in the order of the spec', () => {
    const calls = callsOf(withOperations('cursor_move', 'odd'))
    expect(calls.map(({ id }) => id)).toEqual(['sendGroupStatusMessage', 'moveCursor', 'sendOddities'])
    expect(calls[1]?.rate).toEqual({ limit: 7, period: 500, cost: 'viewerId', assumptions: [] })
    expect(calls[1]?.failures.map(({ code, status }) => [code, status])).toEqual(
      expect.arrayContaining([
        ['7001', 400],
        ['7009', 409],
      ]),
    )
  })
})

describe('HTML', () => {
  test('shows raw HTML of Markdown and runs none', () => {
    const nasty = '<img src=x onerror="a()"> `<b>` **bold**'
    expect(line(nasty)).toBe('&lt;img src=x onerror=&quot;a()&quot;&gt; <code>&lt;b&gt;</code> <strong>bold</strong>')
    expect(blocks('<script>a()</script>')).not.toContain('<script')
    expect([blocks(undefined), line(5)]).toEqual(['', ''])
    expect(escaped(`<a href="'&">`)).toBe('&lt;a href=&quot;&#39;&amp;&quot;&gt;')
  })

  test('tells strings and comments of code apart, by language', () => {
    expect(highlighted(`a="x<" # b`, 'Shell')).toBe(
      'a=<span class="s">&quot;x&lt;&quot;</span> <span class="c"># b</span>',
    )
    expect(highlighted('f("http://a") // b', 'Go')).toBe(
      'f(<span class="s">&quot;http://a&quot;</span>) <span class="c">// b</span>',
    )
    expect(highlighted('echo $# "#"', 'Shell')).toBe('echo $# <span class="s">&quot;#&quot;</span>')
    expect(highlighted('{"a": 1} // b', '')).toBe('{<span class="s">&quot;a&quot;</span>: 1} // b')
  })

  test('has tabs that work without a script: radio buttons, the first chosen', () => {
    const html = tabs('t', 'Legend', [
      { label: 'A&B', html: '<i>1</i>' },
      { label: 'C', html: '2' },
    ])
    expect(html).toContain('<input type="radio" name="t" id="t-1" checked><label for="t-1">A&amp;B</label>')
    expect(html).toContain('<input type="radio" name="t" id="t-2"><label for="t-2">C</label>')
    expect(html).toContain('<div class="panel"><i>1</i></div><div class="panel">2</div>')
  })
})
