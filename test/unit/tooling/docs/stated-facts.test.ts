/** README and docs pages state facts of the contract in words of their own: each is the contract's, and none escapes the comparison. */
import { expect, test } from 'vitest'
import type { Spec } from '../../../../src/tooling/docs/content/spec.js'
import { SPEC } from '../../../support/docs-site.js'
import { pageTexts, stale, statements, uncoveredIn } from '../../../support/stated-facts.js'

const texts = pageTexts()

test('what README and pages state is what the contract says', () => {
  expect(stale(statements(texts, SPEC))).toEqual([])
})

test('each number with a noun of the contract is compared', () => {
  expect(texts.flatMap(([file, text]) => uncoveredIn(file, text))).toEqual([])
})

/** The contract with other texts in its JSON. */
const replaced = (from: RegExp, to: string): Spec => JSON.parse(JSON.stringify(SPEC).replaceAll(from, to))

const REGION = { url: 'https://api.oslo-light-api.com', description: 'Oslo, primary.', 'x-region': 'oslo' }

// How many places state a fact: fewer would mean that a pattern has lost them.
test.each<[change: string, Spec, places: number]>([
  ['more groups', replaced(/"maxItems":\d+/g, '"maxItems":99'), 40],
  ['more messages', replaced(/"limit":\d+/g, '"limit":99'), 13],
  ['another period', replaced(/"period":\d+/g, '"period":99'), 3],
  ['fewer bytes', replaced(/"x-max-bytes":\d+/g, '"x-max-bytes":1024'), 9],
  ['more characters', replaced(/"maxLength":\d+/g, '"maxLength":99'), 4],
  ['other codes', replaced(/"code":1(\d{3})/g, '"code":9$1'), 50],
  ['other names of answers', replaced(/"(\w+)":(?=\{"summary":"\d+, )/g, '"new$1":'), 20],
  ['renamed regions', replaced(/"x-region":"/g, '"x-region":"new-'), 12],
  ['a region more', { ...SPEC, servers: [...(SPEC.servers ?? []), REGION] }, 3],
  ['other hosts', replaced(/"url":"https:\/\/api/g, '"url":"https://new'), 10],
  ['renamed message types', replaced(/"RC:(\w+)":/g, '"RC:New$1":'), 40],
])('%s: each stale place is named', (_change, spec, places) => {
  const lines = stale(statements(texts, spec))
  expect(lines.length).toBeGreaterThanOrEqual(places)
  for (const line of lines)
    expect(line).toMatch(/^[\w./-]+\.md:\d+: .+: says .+, the contract (says .+|has none such)$/)
})
