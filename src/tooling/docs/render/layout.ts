/**
 * The layout of every page: head with the Content-Security-Policy, header with links to the other pages, footer.
 *
 * All links are relative, so that the site works under any path.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { escapeHtml } from '../html.js'
import type { Site } from '../site.js'
import { machineFileEntries, PAGES } from '../site-map.js'

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
  /** Class of `<main>`. Default `prose`. */
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

/** From a page to the site's root: `./` or `../`. */
const rootPath = (path: string): string => '../'.repeat(path.split('/').length - 1) || './'

/** @returns the page as HTML */
export function pageHtml(site: Site, page: Page): string {
  const { path, title, description, body, mainClass = 'prose', styles = [], scripts = [], head = '' } = page
  const { title: apiTitle, version } = site.spec.info
  const root = rootPath(path)
  const element = page.ownMain ? 'div' : 'main'
  const pageLinks = PAGES.map(
    (entry) => `<a href="${root}${entry.path}"${entry.path === path ? ' aria-current="page"' : ''}>${entry.name}</a>`,
  )
  const fileLinks = machineFileEntries(site).map((entry) => `<a href="${root}${entry.path}">${entry.name}</a>`)
  const styleLinks = styles.map((href) => `<link rel="stylesheet" href="${href}">\n`)
  const scriptTags = scripts.map((src) => `<script type="module" src="${src}"></script>\n`)
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policyWith(page.styleHashes ?? [])}">
<title>${escapeHtml(path === '' ? title : `${title} · ${apiTitle}`)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escapeHtml(description)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}assets/site.css">
${styleLinks.join('')}${head}${scriptTags.join('')}</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="${root}">${escapeHtml(apiTitle)}</a>
<nav aria-label="Pages">${pageLinks.join('')}</nav>
</header>
<${element} id="content" class="${mainClass}">
${body}
</${element}>
<footer class="bottom">
<nav aria-label="Files for programs">${fileLinks.join('')}</nav>
<p>Version ${escapeHtml(version)} of the contract. Everything here is made from one OpenAPI description.</p>
</footer>
</body>
</html>
`
}
