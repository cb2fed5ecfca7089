/** The page for an address that is not there. */
import { createHash } from 'node:crypto'
import { expect, test } from 'vitest'
import { lostFiles } from '../../../../../src/tooling/docs/pages/not-found.js'
import { docsSite, textAt } from '../../../../support/docs-site.js'
import { elementsOf, parseHtml, select, textOf } from '../../../../support/html.js'

const pageOf = async (url?: string) => parseHtml(textAt(await lostFiles(await docsSite({ url })), '404.html'))
const linksOf = async (url?: string) =>
  select(await pageOf(url), 'a').map(({ attributes }) => [attributes['href'], attributes['data-path']])

const FOUR = ['', 'reference/', 'playground/', 'changelog/']

test('links from the path of the address that the site was built for', async () => {
  expect(await linksOf('https://example.org/some/project')).toEqual(FOUR.map((path) => [`/some/project/${path}`, path]))
})

test('links from where it stands when no address is known, and lets its script find the way', async () => {
  expect(await linksOf()).toEqual(FOUR.map((path) => [`./${path}`, path]))
})

test('allows by hash its own script and style, and no other', async () => {
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

test('knows its path in the script, and none where no address is known', async () => {
  const scriptOf = async (url?: string) =>
    select(await pageOf(url), 'script')
      .map(textOf)
      .join('')
  expect(await scriptOf('https://example.org/some/project')).toContain('const base = "/some/project/"\n')
  expect(await scriptOf()).toContain('const base = ""\n')
})

test('is kept out of search engines', async () => {
  const metas = select(await pageOf(), 'meta').map(({ attributes }) => attributes)
  expect(metas).toContainEqual({ name: 'robots', content: 'noindex' })
})
