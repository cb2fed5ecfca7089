/**
 * The first page: what each operation is for and how it is called, complete without JavaScript.
 *
 * @module
 */
import { blocks, escaped } from './html.js'
import { page } from './page.js'
import { type Site, write } from './site.js'

/** Writes `index.html`. */
export async function buildGuide(site: Site): Promise<void> {
  const info = site.spec['info']
  const title = String(info?.['title'])
  const body = `<h1>${escaped(title)}</h1>\n${blocks(info?.['description'])}`
  await write(
    site,
    'index.html',
    page(site, { path: '', title, description: String(info?.['summary'] ?? title), body }),
  )
}
