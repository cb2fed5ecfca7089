/** The page for an address that names nothing. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { notFoundFiles } from '../../../../../src/tooling/docs/render/not-found.js'
import { docsSite, textAt } from '../../../../support/docs-site.js'
import { elementsOf, parseHtml, select, textOf } from '../../../../support/html.js'

const pageOf = async (url?: string) => parseHtml(textAt(await notFoundFiles(await docsSite({ url })), '404.html'))
const linksOf = async (url?: string) =>
  select(await pageOf(url), 'a').map(({ attributes }) => [attributes['href'], attributes['data-path']])

/** Those of the header, then those of the text. */
const LINKED = ['', 'endpoint/', 'playground/', '', 'client/', 'testing/', 'endpoint/', 'errors/', 'playground/']

test('links from the path of the address that the site was built for', async () => {
  expect(await linksOf('https://example.org/some/project')).toEqual(
    LINKED.map((path) => [`/some/project/${path}`, path]),
  )
})

test('has relative links when the address is unknown, and its script finds the root', async () => {
  expect(await linksOf()).toEqual(LINKED.map((path) => [`./${path}`, path]))
})

test('allows only its own script and style, by hash', async () => {
  const page = await pageOf('https://example.org/')
  const policy = elementsOf(page).find(({ attributes }) => attributes['http-equiv'])?.attributes['content']
  const hashOf = (tag: string) => {
    const [code] = select(page, tag)
    return `'sha256-${createHash('sha256')
      .update(code ? textOf(code) : '')
      .digest('base64')}'`
  }
  expect(policy).toContain(`script-src ${hashOf('script')};`)
  expect(policy).toContain(`style-src ${hashOf('style')};`)
})

test('passes the path of its address to the script, or none when the address is unknown', async () => {
  const scriptOf = async (url?: string) =>
    select(await pageOf(url), 'script')
      .map(textOf)
      .join('')
  expect(await scriptOf('https://example.org/some/project')).toContain('const base = "/some/project/"\n')
  expect(await scriptOf()).toContain('const base = ""\n')
})

test('is not indexed by search engines', async () => {
  const metas = select(await pageOf(), 'meta').map(({ attributes }) => attributes)
  expect(metas).toContainEqual({ name: 'robots', content: 'noindex' })
})
