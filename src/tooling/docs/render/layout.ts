/**
 * The layout of every page: head with the Content-Security-Policy, header, navigation, "On this page", footer.
 *
 * All links are relative, so that the site works under any path.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { externalLink } from '../content/fields.js'
import { pagePath } from '../content/pages.js'
import { escapeHtml } from '../html.js'
import type { Site } from '../site.js'
import { TRANSLATIONS } from '../site-map.js'
import { languageOf, neighbours, pageContents, rootPath, sideNavigation } from './navigation.js'
import { type Language, WORDS } from './words.js'

/** Nothing from other hosts, nothing inline, no form. */
export const CSP: string =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; " +
  "img-src 'self' data:; base-uri 'none'; form-action 'none'"

/** The source of a Content-Security-Policy that allows this inline text. */
export const cspHash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** One page. */
export interface Page {
  /** Relative to the site's root, with a slash at the end: `playground/`. Empty for the first page. */
  readonly path: string
  readonly title: string
  readonly description: string
  /** Content of `<main>`, as HTML. */
  readonly body: string
  /** Class of `<main>`. Default `prose`: text with the navigation beside it. On all others the navigation is folded. */
  readonly mainClass?: string
  /** The body has a `<main>` of its own. */
  readonly ownMain?: boolean
  /** More stylesheets and module scripts, relative to the page. */
  readonly styles?: readonly string[]
  readonly scripts?: readonly string[]
  /** Hashes of the inline styles of the page. A page that has some may also have fonts as data. */
  readonly styleHashes?: readonly string[]
  /** More of `<head>`, as HTML. */
  readonly head?: string
}

const policyWith = (styleHashes: readonly string[]): string =>
  styleHashes.length === 0
    ? CSP
    : CSP.replace("style-src 'self'", `font-src data:; style-src 'self' 'unsafe-hashes' ${styleHashes.join(' ')}`)

/** The first page in the other language. */
function otherLanguageLink(site: Site, path: string, language: Language): string {
  const translation = TRANSLATIONS.find(({ file }) => site.pages.some((page) => page.file === file))
  if (!translation) return ''
  const { file, lang } = language === 'en' ? translation : { file: translation.original, lang: 'en' }
  return `<a class="language" href="${rootPath(path)}${pagePath(file)}" lang="${lang}" hreflang="${lang}">${WORDS[language].other}</a>`
}

function header(site: Site, path: string, language: Language): string {
  const root = rootPath(path)
  const link = (target: string, name: string) =>
    `<a href="${root}${target}"${target === path ? ' aria-current="page"' : ''}>${name}</a>`
  return `<header class="top">
<a class="brand" href="${root}"><img src="${root}assets/icon.svg" alt="" width="24" height="24">${escapeHtml(site.package)}</a>
<a class="badge" href="${root}changelog/">v${escapeHtml(site.packageVersion)}</a>
<div class="tools" data-tools></div>
<nav class="main-links" aria-label="Main">${link('endpoint/', WORDS[language].endpoint)}${link('playground/', WORDS[language].playground)}${otherLanguageLink(site, path, language)}</nav>
</header>`
}

/** The documentation that the contract was written from. */
function sourceLink({ spec }: Site): string {
  const docs = externalLink(spec)
  return docs ? ` <a href="${escapeHtml(docs.url)}">${escapeHtml(new URL(docs.url).host)}</a>` : ''
}

/** @returns the page as HTML */
export function pageHtml(site: Site, page: Page): string {
  const { path, title, description, body, mainClass = 'prose', styles = [], scripts = [], head = '' } = page
  const root = rootPath(path)
  const language = languageOf(path)
  const words = WORDS[language]
  const element = page.ownMain ? 'div' : 'main'
  const isProse = mainClass === 'prose'
  const styleLinks = styles.map((href) => `<link rel="stylesheet" href="${href}">\n`)
  const scriptTags = scripts.map((src) => `<script type="module" src="${src}"></script>\n`)
  return `<!doctype html>
<html lang="${words.lang}">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyWith(page.styleHashes ?? [])}">
<title>${escapeHtml(path === '' ? site.package : `${title} · ${site.package}`)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(description)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
<script src="${root}assets/theme.js"></script>
<link rel="stylesheet" href="${root}assets/site.css">
<script type="module" src="${root}assets/site.js"></script>
${styleLinks.join('')}${head}${scriptTags.join('')}</head>
<body>
<a class="skip" href="#page-content">${words.skip}</a>
${header(site, path, language)}
<div class="frame${isProse ? '' : ' folded'}">
<nav class="side" aria-label="${words.documentation}" tabindex="0"><details><summary>${words.menu}</summary>
${sideNavigation(site.pages, path)}
</details></nav>
${isProse ? pageContents(body, language) : ''}
<${element} id="page-content" class="${mainClass}">
${body}
${isProse ? neighbours(site.pages, path) : ''}
</${element}>
</div>
<footer class="bottom">
<p>${words.footer}${sourceLink(site)}</p>
<p>${words.contract} ${escapeHtml(site.spec.info.version)} · MIT · <a href="${root}llms.txt">llms.txt</a></p>
</footer>
</body>
</html>
`
}
