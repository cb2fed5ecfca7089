/** The spec's programs with the fields of the form. `test/external/languages` runs them. */
import { describe, expect, test } from 'vitest'
import { templateOf } from '../../../../../../src/tooling/docs/playground/sample-templates.js'
import { draftWith, NASTY, programSamples } from '../../../../../support/playground.js'

const sampleOf = (label: string, ...draft: Parameters<typeof draftWith>) => programSamples(draftWith(...draft))[label]

test('there is one for each language of the spec', () => {
  expect(Object.keys(programSamples(draftWith())).toSorted()).toEqual(['Go', 'Java', 'PHP', 'Python'])
})

describe.each([
  {
    label: 'Python',
    fields: ['    "toGroupId": ["2193", "2192"],', '    "isIncludeSender": "0",\n}, doseq=True)'],
    header: '    "X-Request-ID": "it\'s-mine",\n    "Signature": ',
  },
  {
    label: 'Go',
    fields: ['\t\t"fromUserId":      {"2191"},', '\t\t"toGroupId":       {"2193", "2192"},'],
    header: '\trequest.Header.Set("X-Request-ID", "it\'s-mine")\n\trequest.Header.Set("Signature", ',
  },
  {
    label: 'PHP',
    fields: ["    ['toGroupId', '2193'],\n    ['toGroupId', '2192'],", "    ['isIncludeSender', '0'],\n];"],
    header: "            'X-Request-ID: it\\'s-mine',\n            \"Signature: ",
  },
  {
    label: 'Java',
    fields: ['        field("toGroupId", "2193"),', '        field("isIncludeSender", "0")\n    ).collect('],
    header: '        .header("X-Request-ID", "it\'s-mine")\n        .header("Signature", ',
  },
])('in $label', ({ label, fields, header }) => {
  test('it has the fields of the form in place of its own, and the headers in front of the signature', () => {
    const sample = sampleOf(label, {}, { 'X-Request-ID': "it's-mine" })
    for (const text of fields) expect(sample).toContain(text)
    expect(sample).toContain(header)
    expect(sampleOf(label)).not.toContain('X-Request-ID')
  })

  test('it names the environment and the host first, and has no mark left', () => {
    const sample = sampleOf(label) ?? ''
    const first = sample.replace(/^<\?php\n/, '').split('\n')
    expect(first.slice(0, 2).join(' ')).toMatch(
      /RONGCLOUD_APP_SECRET,.*RONGCLOUD_BASE_URL=https:\/\/api\.rong-api\.com$/,
    )
    // biome-ignore lint/suspicious/noControlCharactersInRegex: the marks are such characters
    expect(sample).not.toMatch(/[\u0001\u0002]/)
  })
})

test('Go has backticks where they need no escape', () => {
  expect(sampleOf('Go', { content: ['{"content":"群"}'] })).toContain('{`{"content":"群"}`},')
  expect(sampleOf('Go', { content: ['{"a":"`"}'] })).toContain('{"{\\"a\\":\\"`\\"}"},')
})

test('characters that compilers refuse are escaped', () => {
  for (const label of ['Python', 'Go', 'Java']) {
    expect(sampleOf(label, { content: ['a\ufeff\u2028"'] })).toContain('a\\ufeff\\u2028\\"')
  }
})

test('a character of the form that looks like a mark is not taken for one', () => {
  const sample = sampleOf('PHP', { content: ['a\u0002b\u0001c'] })
  expect(sample).toContain("['content', 'a\u0002b\u0001c'],")
})

test('a sample without fields or a signature stops the build', () => {
  const operation = { id: 'send', fields: [{ name: 'text' }] } as unknown as Parameters<typeof templateOf>[1]
  const template = (source: string) => templateOf({ label: 'L', lang: 'L', source }, operation, 'Signature')
  expect(() => template('say("Signature")')).toThrow('playground: the L sample of send has no line that quotes a field')
  expect(() => template('say("text")')).toThrow(
    'playground: the L sample of send has no line that begins a text with Signature',
  )
  expect(template('x(\n  "text",\n    deeper\n)\n"Signature"').source).toBe('x(\n  \u0001\n)\n\u0002\n"Signature"')
})

test('the content is not changed by its quotes', () => {
  const python = /"content": (".*"),/.exec(sampleOf('Python') ?? '')?.[1]
  expect(JSON.parse(python ?? '')).toBe(NASTY)
})
