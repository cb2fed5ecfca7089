/** Redocly's page as files of the site, with relative links and a policy that allows exactly what is in them. */

import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { selfHostedFiles, specForRedoc, viewerScript } from '../../../../../src/tooling/docs/render/reference.js'
import { docsSite, textAt } from '../../../../support/docs-site.js'
import { elementsOf, parseHtml, select } from '../../../../support/html.js'
import { REDOC_PAGE } from '../../../../support/redoc-page.js'

const PROBE = 'return x._factory??=Function(y),!0'
const site = await docsSite()
const script = `${PROBE};fetch("https://cdn.redoc.ly/logo.png");theme("--code-block-tokens-string-color")`
const files = await selfHostedFiles(site, REDOC_PAGE, script)
const page = parseHtml(textAt(files, 'reference/index.html'))
const hash = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

test('inline scripts and styles become files', () => {
  expect(textAt(files, 'reference/mode.js')).toContain("localStorage.setItem('redoc.colorMode', mode)")
  expect(textAt(files, 'reference/redoc.css')).toMatch(/^\.menu\{color:red\}\n[\s\S]+/)
  const code = select(page, 'script').map(({ attributes, children }) => [attributes['src'], children.join('')])
  expect(code).toEqual([
    ['../assets/theme.js', ''],
    ['../assets/site.js', ''],
    ['mode.js', ''],
    ['app.js', ''],
    ['anchor.js', ''],
  ])
  expect(select(page, 'style')).toEqual([])
})

test('the viewer gets the contract, and downloads from this site', () => {
  const [, definition = '', options = ''] =
    /hydrate\((\{.*\}), (\{.*\}), document\.getElementById\('redoc'\)\)/.exec(textAt(files, 'reference/app.js')) ?? []
  expect(JSON.parse(definition)).toEqual({ openapi: '3.1.0', info: { title: 'A' } })
  expect(JSON.parse(options)).toEqual({
    hideSearch: true,
    downloadUrls: [
      { title: 'openapi.yaml', url: '../openapi.yaml' },
      { title: 'openapi.json', url: '../openapi.json' },
    ],
  })
})

test('it opens on the first operation, unless the address names a place', () => {
  expect(textAt(files, 'reference/app.js')).toContain(
    `if (location.hash === '') history.replaceState(null, '', "#/status-messages/sendgroupstatusmessage")`,
  )
})

test('links from the root of the host become links within the page', () => {
  const [main] = select(page, 'main')
  expect(main && elementsOf(main).map(({ attributes }) => attributes['href'])).toEqual(['#/group/one', undefined])
})

test('the policy allows by hash the style attributes of page and viewer, and no others', () => {
  const policy = elementsOf(page).find(({ attributes }) => attributes['http-equiv'])?.attributes['content'] ?? ''
  const styles = ['', 'color: "red"', 'color: var(--code-block-tokens-string-color)'].map(hash)
  expect(policy).toContain(`style-src 'self' 'unsafe-hashes' ${styles.join(' ')};`)
  expect(policy).toContain("script-src 'self';")
})

test('without JavaScript the page links to the same content', () => {
  expect(
    select(page, 'noscript').flatMap((one) => select(one, 'a').map(({ attributes }) => attributes['href'])),
  ).toEqual(['../endpoint/', '../reference.md'])
})

describe('the viewer', () => {
  test('compiles no code from text and has no address of Redocly', () => {
    expect(textAt(files, 'reference/redoc.js')).toBe(
      'return!1;fetch("data:,/logo.png");theme("--code-block-tokens-string-color")',
    )
  })

  test('as Redocly ships it has everything that is replaced', async () => {
    const own = textAt(await selfHostedFiles(site, REDOC_PAGE, await viewerScript()), 'reference/redoc.js')
    expect(own.length).toBeGreaterThan(1_000_000)
    expect(own).not.toMatch(/cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com/)
  })
})

describe('a page or script that Redocly has changed', () => {
  test.each([
    ['markup', '<div id="redoc">'],
    ['styles', '<style data-styled'],
    ['colour mode', '<script>'],
    ['definition', 'const __redoc_definition'],
    ['options', 'const __redoc_options'],
  ])('is refused with the name of the missing part: %s', async (name, mark) => {
    const other = REDOC_PAGE.replaceAll(mark, '<!-- -->')
    await expect(selfHostedFiles(site, other, script)).rejects.toThrow(`redocly build-docs: no ${name} in its page`)
  })

  test('is refused where the script has no probe for a worker', async () => {
    await expect(selfHostedFiles(site, REDOC_PAGE, 'x')).rejects.toThrow('no probe for a worker in its script')
  })
})

test('Redoc gets a spec without conditions, and without what the page of the endpoint says', () => {
  const spec: object = specForRedoc(site.spec)
  expect(JSON.stringify(site.spec)).toMatch(/"then":\{.*## Message types|## Message types.*"then":\{/s)
  expect(JSON.stringify(spec)).not.toMatch(/"(if|then)":\{|## Message types|## Signing a call|## Hosts/)
  expect(JSON.stringify(spec)).toContain('"toGroupId"')
})
