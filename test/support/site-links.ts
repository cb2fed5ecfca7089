/** Follows the links of a built site. */
import type { Files } from '../../src/tooling/docs/site.js'
import { textAt } from './docs-site.js'

const BASE = 'https://site.test/some/project/'

const linksOf = (file: string, html: string): URL[] =>
  [...html.matchAll(/<(?:a|link|script|img)\b[^>]*?\s(?:href|src)="([^"]+)"/g)].map(
    ([, link = '']) => new URL(link.replaceAll('&amp;', '&'), new URL(file, BASE)),
  )
const idsOf = (html: string): string[] => [...html.matchAll(/\sid="([^"]+)"/g)].map(([, id = '']) => id)

/** The file behind a path of the site. */
export const fileAt = (path: string): string => (path === '' || path.endsWith('/') ? `${path}index.html` : path)

/** The links of all pages within the site: how many there are, and those that lead to no file or to no id in it. */
export function followLinks(files: Files): { followed: number; pages: string[]; broken: string[] } {
  const pages = [...files.keys()].filter((file) => file.endsWith('.html') && file !== '404.html')
  const broken: string[] = []
  let followed = 0
  for (const page of pages) {
    for (const { origin, pathname, hash, href } of linksOf(page, textAt(files, page))) {
      if (origin !== new URL(BASE).origin) continue
      followed++
      const file = fileAt(pathname.replace('/some/project/', ''))
      if (!files.has(file)) broken.push(`${page}: ${href}`)
      // Redoc resolves its own hashes.
      else if (hash && !hash.startsWith('#/')) {
        if (!idsOf(textAt(files, file)).includes(decodeURIComponent(hash.slice(1)))) broken.push(`${page}: ${href}`)
      }
    }
  }
  return { followed, pages: pages.toSorted(), broken }
}
