/** The page of the endpoint: it has everything that the contract says, and its samples and values are right. */
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { describeOperations } from '../../../../../src/tooling/docs/content/operations.js'
import { endpointPart } from '../../../../../src/tooling/docs/render/endpoint.js'
import { errorsPart } from '../../../../../src/tooling/docs/render/errors.js'
import { anchorsOf } from '../../../../../src/tooling/docs/render/outline.js'
import {
  claims,
  docsSite,
  FIRST_PATH,
  messageTypes,
  plain,
  SPEC,
  valuesOf,
  withOperations,
} from '../../../../support/docs-site.js'
import { byId, type Element, elementsOf, parseHtml, select, textOf } from '../../../../support/html.js'
import { ROOT } from '../../../../support/project-copy.js'

const site = await docsSite()
const page = parseHtml(endpointPart(site))
const words = plain(textOf(page))
const texts = (elements: readonly Element[]) => elements.map(textOf)

/** The section of the first operation. */
const [section = page] = elementsOf(page).filter(
  ({ attributes }) => attributes['aria-labelledby'] === 'sendGroupStatusMessage',
)

test('has every id once', () => {
  const ids = elementsOf(page).flatMap(({ attributes }) => attributes['id'] ?? [])
  expect(ids.length).toBeGreaterThan(30)
  expect(new Set(ids).size).toBe(ids.length)
})

describe('shows', () => {
  test('every field with its description and limits', () => {
    const { properties = {}, required = [] } = SPEC.components?.schemas?.['GroupStatusMessage'] ?? {}
    const fields = Object.entries(properties)
    expect(fields.length).toBeGreaterThan(4)
    for (const [name, field] of fields) {
      const row = plain(textOf(byId(page, `sendGroupStatusMessage.${name}`)))
      expect(row).toContain(name)
      expect(row).toContain(plain(field.description))
      expect(row).toContain(required.includes(name) ? 'required' : 'optional')
    }
    const [limits] = select(byId(page, 'sendGroupStatusMessage.toGroupId'), '.limits')
    expect(texts(limits ? select(limits, 'li') : [])).toEqual(['each at most 64 characters'])
    expect(words).toContain('one to three of them')
    expect(words).toContain('at most 128 KiB of UTF-8')
    expect(words).toContain('at most 32 characters')
  })

  test('what it is and what it is not', () => {
    const lines = [...valuesOf('x-is'), ...valuesOf('x-is-not')].flat()
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) expect(words).toContain(plain(line))
    for (const fact of ['online now', 'Not stored', 'Not counted']) expect(words).toContain(fact)
  })

  test('every error as a row that leads to its section', () => {
    const [table] = select(section, '.table')
    const rows = table ? select(table, 'tr').slice(1) : []
    const links = rows.flatMap((row) => select(row, 'a').map(({ attributes }) => attributes['href']))
    expect(links).toHaveLength(15)
    expect(links.slice(0, 3)).toEqual(['../errors/#1002', '../errors/#1002-unknownAppKey', '../errors/#1003'])
    expect(texts(rows)[4]).toMatch(/^1004401The signature is wrongNo$/)
  })

  test('every host, the rate limit, and every message type, those made for status messages first', () => {
    const { servers = [] } = SPEC
    expect(servers.length).toBeGreaterThan(4)
    for (const { url } of servers) expect(words).toContain(new URL(url).host)
    expect(words).toContain('20 messages a second, for each App Key')
    const names = select(section, '.types').flatMap((list) =>
      select(list, 'dt').flatMap((term) => texts(select(term, 'code'))),
    )
    const types = messageTypes()
    expect(names.toSorted()).toEqual(types.map(([name]) => name).toSorted())
    expect(names.slice(0, 3)).toEqual(types.filter(([, row]) => row.status).map(([name]) => name))
  })

  test('every assumption, marked as one', () => {
    const marked = texts(select(page, '.assumed')).map(plain)
    // Those of errors stand on the page of error codes.
    const ofErrors = claims(SPEC.components?.responses).map(plain)
    const assumptions = [...new Set(claims().map(plain))].filter((text) => !ofErrors.includes(text))
    expect(assumptions.length).toBeGreaterThan(10)
    const missing = assumptions.filter(
      (text) => !marked.some((one) => one.startsWith('Not confirmed') && one.includes(text)),
    )
    expect(missing).toEqual([])
  })
})

describe('the samples', () => {
  const printed = texts(select(section, '.panel').flatMap((panel) => select(panel, 'pre')))

  test('are the files that the tests run', () => {
    const folder = join(ROOT, 'spec/code-samples')
    const files = readdirSync(folder).map((file) => readFileSync(join(folder, file), 'utf8').trimEnd())
    expect(files.length).toBeGreaterThan(4)
    expect(printed.slice(0, -1).toSorted()).toEqual(files.toSorted())
  })

  test('end with the request on the wire, in which the list repeats its name', () => {
    const [head, body = ''] = (printed.at(-1) ?? '').split('\n\n')
    expect(head).toMatch(/^POST \/statusmessage\/group\/publish\.json HTTP\/1\.1\nHost: /)
    expect(new URLSearchParams(body.replaceAll(/\s/g, '')).getAll('toGroupId')).toEqual(['2193', '2192'])
  })
})

describe('the worked example of a signature', () => {
  const [steps] = select(page, '.steps')
  const values = texts(select((steps && select(steps, '.values')[0]) ?? page, 'dd'))
  const sha1 = (text: string) => createHash('sha1').update(text).digest('hex')

  test('is the hash of the joined parts', () => {
    const [joined, signature, headers] = texts(steps ? select(steps, 'pre') : [])
    expect(joined).toBe(values.join(''))
    expect(signature).toBe(sha1(values.join('')))
    expect(signature).toBe('30be0bbca9c9b2e27578701e9fda2358a814c88f')
    expect(headers).toContain(`Signature: ${signature}`)
  })

  test('comes with a command that hashes the same text', () => {
    const [command] = select(page, 'pre').filter(
      ({ attributes }) => attributes['aria-label'] === 'A command that checks the signature',
    )
    expect(command && textOf(command)).toBe(`printf %s '${values.join('')}' | openssl dgst -sha1`)
  })
})

test('shows a second operation in full', () => {
  const both = parseHtml(endpointPart({ ...site, spec: withOperations('cursor_move') }))
  for (const id of [
    'moveCursor',
    'moveCursor.viewerId',
    'moveCursor.header.X-Board',
    'moveCursor-rate',
    'sendGroupStatusMessage',
    'sendGroupStatusMessage.toGroupId',
  ]) {
    expect(byId(both, id).attributes['id']).toBe(id)
  }
  const text = textOf(both)
  expect(text).toContain('2 to 5 viewers')
  expect(text).toContain('POST /cursor/move.json HTTP/1.1')
  expect(plain(text)).toContain('7 calls in 500 ms')
})

test('leads an error of a second operation to its own section, also where the first has another error of that code', () => {
  // The code of `tooLong`, under a name of its own.
  const spec = JSON.parse(JSON.stringify(withOperations('cursor_move')).replaceAll('7001', '1005'))
  const endpoint = parseHtml(endpointPart({ ...site, spec }))
  const { name = '' } = describeOperations(spec)[1]?.errors.find(({ code }) => code === '1005') ?? {}
  const [mover = endpoint] = elementsOf(endpoint).filter(
    ({ attributes }) => attributes['aria-labelledby'] === 'moveCursor',
  )
  const rows = select(mover, '.table').flatMap((table) => select(table, 'a'))
  const links = rows.map(({ attributes }) => attributes['href'])
  expect(links).toContain(`../errors/#1005-${name}`)
  const ids = anchorsOf(errorsPart({ spec })).map(({ id }) => id)
  expect(links.filter((link) => !ids.includes(link?.split('#')[1] ?? ''))).toEqual([])
})

/** The page of a contract whose first operation has another body. */
function pageWith(requestBody: unknown): Element {
  const path = { ...SPEC.paths?.[FIRST_PATH] }
  const post = JSON.parse(JSON.stringify({ ...path.post, requestBody }))
  return parseHtml(endpointPart({ ...site, spec: { ...SPEC, paths: { [FIRST_PATH]: { ...path, post } } } }))
}

test('of an operation without a body has no section of fields and no media type', () => {
  const bare = pageWith(undefined)
  expect(elementsOf(bare).filter(({ attributes }) => attributes['id'] === 'sendGroupStatusMessage-fields')).toEqual([])
  const http = texts(select(bare, 'pre')).find((text) => text.startsWith('POST /')) ?? ''
  expect(http).toContain('App-Key: ')
  expect(http).not.toContain('Content-Type')
  expect(http).toBe(http.trim())
})

test('says what a form asks of its fields together', () => {
  const properties = { a: { type: 'string' }, b: { type: 'string' } }
  const schema = { type: 'object', properties, minProperties: 1, anyOf: [{ required: ['a'] }, { required: ['b'] }] }
  const form = pageWith({ content: { 'application/x-www-form-urlencoded': { schema } } })
  expect(textOf(form)).toContain('At least 1 field. At least one of these is required: a, b.')
})
