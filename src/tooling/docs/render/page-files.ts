/**
 * The pages of the repository as pages of the site.
 *
 * @module
 */
import { posix } from 'node:path'
import { pagePath, type SourcePage } from '../content/pages.js'
import { escapeHtml } from '../html.js'
import type { Files, Site } from '../site.js'
import { TRANSLATIONS } from '../site-map.js'
import { pageHtml } from './layout.js'
import { renderMarkdown } from './markdown-page.js'
import { languageOf } from './navigation.js'
import { idsOf, linksOf } from './outline.js'

/** HTML of each generated part, by its name in `<!-- generated: NAME -->`. */
export type GeneratedParts = Readonly<Record<string, string>>

/** The first page of the site. */
const FIRST = 'index.md'

/** Files of the project that the site has under another path; from `pages/` as links name them. */
const PROJECT_FILES: Readonly<Record<string, string>> = {
  '../../../../CHANGELOG.md': 'changelog/',
  '../../../../generated/openapi.yaml': 'openapi.yaml',
  '../../../../generated/openapi.json': 'openapi.json',
  '../../../../generated/vectors.json': 'vectors.json',
  '../../../../generated/vectors.schema.json': 'vectors.schema.json',
}

/** The path of a site's page or file as a link of another page: `../client/`. */
export function relativeLink(from: string, to: string): string {
  const link = posix.relative(`/${from}`, `/${to}`)
  return to === '' || to.endsWith('/') ? `${link === '' ? '.' : link}/` : link
}

/** Where a link of a page leads on the site. Addresses of other hosts and anchors of the page stay. */
export function resolveLink(file: string, href: string): string {
  if (/^([a-z][a-z\d+.-]*:|#)/i.test(href)) return href
  const [target = '', anchor] = href.split('#', 2)
  const linked = posix.join(posix.dirname(file), target)
  const path = PROJECT_FILES[linked] ?? (linked.endsWith('.md') ? pagePath(linked) : linked)
  return relativeLink(pagePath(file), path) + (anchor === undefined ? '' : `#${anchor}`)
}

/** A page's content as HTML. */
export const pageBody = (page: SourcePage, parts: GeneratedParts): string =>
  renderMarkdown(page.markdown, {
    resolveLink: (href) => resolveLink(page.file, href),
    language: languageOf(page.path),
    generated: (name) => {
      const part = parts[name]
      if (part === undefined) throw new Error(`${page.file}: no generated part has the name ${name}`)
      return part
    },
  })

/** Whether it is the first page, in any language. */
const isFirst = ({ file }: SourcePage): boolean =>
  file === FIRST || TRANSLATIONS.some((translation) => translation.file === file && translation.original === FIRST)

/** The content with the package's name as its heading: that of the navigation, "Start", does not say what this is. */
const withPackageName = (html: string, name: string): string =>
  html.replace(/(<h1[^>]*>)[\s\S]*?(?=<\/h1>)/, (_, start: string) => start + escapeHtml(name))

/** The file of a page: `client/index.html`. */
const htmlFile = ({ path }: SourcePage): string => `${path}index.html`

/** Builds the pages. Those in `elsewhere`, which other functions build, are left out. */
export const pageFiles = (site: Site, parts: GeneratedParts, elsewhere: readonly string[] = []): Files =>
  new Map(
    site.pages
      .filter(({ file }) => !elsewhere.includes(file))
      .map((page) => {
        const { path, title, summary } = page
        const content = pageBody(page, parts)
        const body = isFirst(page) ? withPackageName(content, site.package) : content
        return [htmlFile(page), pageHtml(site, { path, title, description: summary, body })]
      }),
  )

/** Links of pages that lead to no page, no file or no anchor of the site; one line each. */
export function brokenLinks(files: Files): string[] {
  const pages = [...files].flatMap(([file, content]) =>
    file.endsWith('index.html') && typeof content === 'string' ? [{ file, html: content, ids: idsOf(content) }] : [],
  )
  const idsByFile = new Map(pages.map(({ file, ids }) => [file, ids]))
  return pages.flatMap(({ file, html }) =>
    [...new Set(linksOf(html))]
      .filter((href) => {
        // The viewer of the reference resolves its own anchors.
        if (/^([a-z][a-z\d+.-]*:|#\/)/i.test(href)) return false
        const [target = '', anchor = ''] = href.split('#', 2)
        const path = target === '' ? file : posix.join(posix.dirname(file), target)
        const found = path === './' || path.endsWith('/') ? posix.join(path, 'index.html') : path
        if (!files.has(found)) return true
        const ids = idsByFile.get(found)
        return anchor !== '' && ids !== undefined && !ids.has(decodeURIComponent(anchor))
      })
      .map((href) => `${file}: ${href}`),
  )
}
