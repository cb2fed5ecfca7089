/**
 * Navigation: the pages in groups, the pages before and after, and what stands on a page.
 *
 * @module
 */
import { pagePath, type SourcePage } from '../content/pages.js'
import { escapeHtml } from '../html.js'
import { NAVIGATION, type NavigationPage, TRANSLATIONS } from '../site-map.js'
import { anchorsOf } from './outline.js'
import { type Language, WORDS } from './words.js'

/** From a page to the site's root: `./` or `../`. */
export const rootPath = (path: string): string => '../'.repeat(path.split('/').length - 1) || './'

/** The language of a page by its path. */
export const languageOf = (path: string): Language =>
  TRANSLATIONS.some(({ file }) => pagePath(file) === path) ? 'zh' : 'en'

/** The groups without the pages that do not exist. */
const existingGroups = (pages: readonly SourcePage[]) =>
  NAVIGATION.map((group) => ({
    ...group,
    pages: group.pages.filter(({ file }) => pages.some((page) => page.file === file)),
  })).filter((group) => group.pages.length > 0)

/** Pages without a place in the navigation, and places without a page; one line each. */
export function navigationFaults(pages: readonly SourcePage[]): string[] {
  const placed = [...NAVIGATION.flatMap((group) => group.pages), ...TRANSLATIONS].map(({ file }) => file)
  const existing = pages.map(({ file }) => file)
  return [
    ...existing.filter((file) => !placed.includes(file)).map((file) => `${file}: has no place in site-map.ts`),
    ...placed.filter((file) => !existing.includes(file)).map((file) => `${file}: is in site-map.ts, but not in pages/`),
  ]
}

/** Where a page stands in a language, and in which it is. */
function placeOf({ file }: NavigationPage, language: Language): { readonly path: string; readonly lang: string } {
  const translation = TRANSLATIONS.find(({ original }) => original === file)
  if (language === 'zh' && translation) return { path: pagePath(translation.file), lang: translation.lang }
  return { path: pagePath(file), lang: 'en' }
}

/** The list of all pages. */
export function sideNavigation(pages: readonly SourcePage[], current: string): string {
  const language = languageOf(current)
  const root = rootPath(current)
  const groups = existingGroups(pages).map((group) => {
    const items = group.pages.map((entry) => {
      const { path, lang } = placeOf(entry, language)
      const isCurrent = path === current ? ' aria-current="page"' : ''
      const hreflang = language === 'zh' && lang === 'en' ? ' hreflang="en"' : ''
      const name = language === 'zh' ? entry.zh : entry.name
      return `<li><a href="${root}${path}"${hreflang}${isCurrent}>${escapeHtml(name)}</a></li>`
    })
    const title = language === 'zh' ? group.zh : group.name
    return `<h2>${escapeHtml(title)}</h2><ul>${items.join('')}</ul>`
  })
  return groups.join('\n')
}

/** Links to the page before and the page after; nothing for a page outside the navigation. */
export function neighbours(pages: readonly SourcePage[], current: string): string {
  const all = existingGroups(pages).flatMap((group) => group.pages)
  const at = all.findIndex(({ file }) => pagePath(file) === current)
  if (at < 0) return ''
  const root = rootPath(current)
  const link = (entry: NavigationPage | undefined, rel: 'prev' | 'next', word: string) =>
    entry
      ? `<a rel="${rel}" href="${root}${pagePath(entry.file)}"><span>${word}</span> ${escapeHtml(entry.name)}</a>`
      : ''
  return `<nav class="neighbours" aria-label="Previous and next page">${link(all[at - 1], 'prev', 'Previous')}${link(all[at + 1], 'next', 'Next')}</nav>`
}

/** "On this page": headings of the second and third level; nothing for a page with fewer than two. */
export function pageContents(html: string, language: Language): string {
  const entries = anchorsOf(html).filter(({ level }) => level === 2 || level === 3)
  if (entries.length < 2) return ''
  const items = entries.map(
    ({ id, level, name }) =>
      `<li${level === 3 ? ' class="inner"' : ''}><a href="#${escapeHtml(id)}">${escapeHtml(name)}</a></li>`,
  )
  const title = WORDS[language].onThisPage
  return `<nav class="toc" aria-label="${title}" tabindex="0"><details><summary>${title}</summary><ul>${items.join('')}</ul></details></nav>`
}
