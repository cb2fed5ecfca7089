/** The page of error codes, and the list of assumptions. */
import { describe, expect, test } from 'vitest'
import { describeOperations } from '../../../../../src/tooling/docs/content/operations.js'
import { assumptionsPart } from '../../../../../src/tooling/docs/render/assumption-list.js'
import { errorsOf, errorsPart, errorTable } from '../../../../../src/tooling/docs/render/errors.js'
import { anchorsOf } from '../../../../../src/tooling/docs/render/outline.js'
import { claims, plain, SPEC, withOperations } from '../../../../support/docs-site.js'
import { parseHtml, select, textOf } from '../../../../support/html.js'

// The contract of the first operation; others may have errors of their own.
const FIRST = withOperations()
const html = errorsPart({ spec: FIRST })
const sections = anchorsOf(html).filter(({ level }) => level === 2)
const errors = describeOperations(FIRST).flatMap((operation) => operation.errors)

describe('the page of error codes', () => {
  test('has one section for each error, whose anchor is its code', () => {
    expect(sections.map(({ id }) => id)).toEqual([
      ...['1002', '1002-unknownAppKey', '1003', '1005', '1004', '1001', '1006', '1007'],
      ...['2007', '404', '405', '1008', '1009', '1000', '1050'],
    ])
    expect(sections.find(({ id }) => id === '1004')?.name).toBe('1004: the signature is wrong')
  })

  test('says of each what it means, why it happens, how to find out, what to do, and shows the answer', () => {
    for (const [i, { text }] of sections.entries()) {
      const error = errors[i]
      const parts = [
        ...(error?.causes ?? []),
        ...(error?.diagnosis ?? []),
        error?.description,
        ...(error?.assumptions ?? []).map((assumption) => assumption.text),
      ]
      expect(error?.causes.length).toBeGreaterThan(0)
      expect(error?.diagnosis.length).toBeGreaterThan(0)
      for (const part of parts) expect(plain(text)).toContain(plain(part))
      expect(text).toContain(`HTTP ${error?.status}`)
      expect(text).toContain(`"code": ${error?.code}`)
    }
  })

  test('says whether to send again, and what the client says of it', () => {
    const textOfCode = (code: string) => sections.find(({ id }) => id === code)?.text
    expect(textOfCode('1004')).toContain(
      "Send again? No: the same request fails again. The client says processed: 'no'.",
    )
    expect(textOfCode('1000')).toContain("processed: 'unknown'")
  })

  test('links each error to what helps with it: those of a signature to verify-signature, those of the limit to the limit', () => {
    const linksOf = new Map(
      html.split('<h2 ').map((part) => {
        const [, id = ''] = /id="([^"]+)"/.exec(part) ?? []
        return [id, [...part.matchAll(/<a href="(\.\.[^"]+)"/g)].map(([, href = '']) => href)] as const
      }),
    )
    for (const { id } of sections) expect(linksOf.get(id), id).not.toEqual([])
    expect(linksOf.get('1004')).toEqual(['../command-line/#verify-signature'])
    expect(linksOf.get('1002-unknownAppKey')).toEqual(['../endpoint/#hosts', '../client/#environment'])
    expect(linksOf.get('1002')).toEqual(['../command-line/#check'])
    expect(linksOf.get('1008')).toEqual(['../client/rate-limit/'])
    expect(linksOf.get('1050')).toEqual(['../client/errors/#sending-again'])
  })

  test('has the errors of a second operation, and those that both have once', () => {
    const ids = anchorsOf(errorsPart({ spec: withOperations('cursor_move') })).map(({ id }) => id)
    expect(ids.length).toBeGreaterThan(sections.length)
    expect(new Set(ids).size).toBe(ids.length)
  })
})

describe('a code that operations answer in different ways', () => {
  // The second operation has the errors of the first, some of them with other advice.
  const both = withOperations('cursor_move')
  const [first = '', second = ''] = Object.keys(both.paths ?? {})
  const post = both.paths?.[first]?.post
  const responses = JSON.parse(JSON.stringify(post?.responses))
  responses['429'] = JSON.parse(
    JSON.stringify(both.components?.responses?.['TooManyRequests']).replace('"after-wait"', '"never"'),
  )
  const spec = { ...both, paths: { ...both.paths, [second]: { post: { ...both.paths?.[second]?.post, responses } } } }
  const page = errorsPart({ spec })
  const rows = select(parseHtml(page), 'tr').map((row) => select(row, 'td').map(textOf))
  const codes = rows.flatMap(([code]) => code ?? [])

  test('has a row for each, with its operation and its advice, beside one another', () => {
    expect(rows.filter(([code]) => code === '1008').map(([, , meaning, again]) => [meaning, again])).toEqual([
      ['Rate limit exceeded (of sendGroupStatusMessage)', 'Yes, after a wait'],
      ['Rate limit exceeded (of moveCursor)', 'No'],
    ])
    expect(codes).toEqual([...new Set(codes)].flatMap((code) => codes.filter((other) => other === code)))
  })

  test('has a section for each, to which the row of its operation leads', () => {
    const ids = anchorsOf(page).map(({ id }) => id)
    expect(ids.filter((id) => id.startsWith('1008'))).toEqual(['1008', '1008-rateLimited'])
    expect(new Set(ids).size).toBe(ids.length)
    const [, mover] = describeOperations(spec)
    const all = errorsOf(describeOperations(spec))
    expect(errorTable(mover?.id ?? '', all, '../errors/')).toContain('| [`1008`](../errors/#1008-rateLimited) | 429 |')
  })

  test('has no operation where all have the same error', () => {
    expect(rows.find(([code]) => code === '1004')?.[2]).toBe('The signature is wrong')
  })
})

test('the list of assumptions has every one of the contract, by what it is about', () => {
  const page = parseHtml(assumptionsPart({ spec: SPEC }))
  const texts = plain(textOf(page))
  const assumptions = [...new Set(claims().map(plain))]
  expect(assumptions.length).toBeGreaterThan(15)
  expect(assumptions.filter((text) => !texts.includes(text))).toEqual([])
  const rows = select(page, 'tr').map((row) => select(row, 'td').map(textOf))
  expect(rows.find(([about]) => about === 'fromUserId')?.[2]).toBe('probe: x-max-bytes')
  expect(rows.find(([about]) => about === 'The limit')?.[2]).toMatch(/^Nothing\. \w/)
})
