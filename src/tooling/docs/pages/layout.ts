/**
 * The shell around each page: head with the Content-Security-Policy, header with the ways to the other pages, footer.
 *
 * All links are relative, so that the site works under any path.
 *
 * @module
 */

import { escaped } from '../html.js'
import type { Site } from '../site.js'
import { filesOf } from '../site-map.js'

/** Nothing from elsewhere, nothing inline, nowhere to send to. */
export const CSP: string =
  "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; worker-src 'self'; " +
  "img-src 'self' data:; base-uri 'none'; form-action 'none'"

/** The pages, in the order of the header. `path` is relative to the site's root, with a slash at the end. */
export const PAGES: readonly { readonly path: string; readonly name: string; readonly words: string }[] = [
  { path: '', name: 'Guide', words: 'What it is, and how a call is made, signed and answered.' },
  { path: 'reference/', name: 'Reference', words: 'Every field, header, answer and example.' },
  { path: 'playground/', name: 'Playground', words: 'Calls answered by the mock, in the page.' },
  { path: 'changelog/', name: 'Changelog', words: 'What changed, release by release.' },
]

/** One page. */
export interface Page {
  /** Relative to the site's root, with a slash at the end: `playground/`. Empty for the first page. */
  readonly path: string
  readonly title: string
  readonly description: string
  /** What stands in `<main>`, as HTML. */
  readonly body: string
  /** Class of `<main>`. Default `prose`. */
  readonly main?: string
  /** The body brings a `<main>` of its own. */
  readonly ownMain?: boolean
  /** More stylesheets and module scripts, relative to the page. */
  readonly styles?: readonly string[]
  readonly scripts?: readonly string[]
  /** Hashes of inline styles that the page may have, and then fonts as data; without them it may have neither. */
  readonly hashes?: readonly string[]
  /** More of `<head>`, as HTML. */
  readonly head?: string
}

const policy = (hashes: readonly string[] = []): string =>
  hashes.length === 0
    ? CSP
    : CSP.replace("style-src 'self'", `font-src data:; style-src 'self' 'unsafe-hashes' ${hashes.join(' ')}`)

/** From a page to the site's root: `./` or `../`. */
const toRoot = (path: string): string => '../'.repeat(path.split('/').length - 1) || './'

/** @returns the page as HTML */
export function page(site: Site, { path, title, description, body, ...more }: Page): string {
  const root = toRoot(path)
  const element = more.ownMain ? 'div' : 'main'
  const name = String(site.spec['info']?.['title'])
  const links = PAGES.map(
    (one) => `<a href="${root}${one.path}"${one.path === path ? ' aria-current="page"' : ''}>${one.name}</a>`,
  )
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy(more.hashes)}">
<title>${escaped(path === '' ? title : `${title} · ${name}`)}</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="description" content="${escaped(description)}">
<meta name="color-scheme" content="light dark">
<link rel="icon" href="${root}assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="${root}assets/site.css">
${(more.styles ?? []).map((style) => `<link rel="stylesheet" href="${style}">\n`).join('')}${more.head ?? ''}${(more.scripts ?? []).map((script) => `<script type="module" src="${script}"></script>\n`).join('')}</head>
<body>
<a class="skip" href="#content">Skip to the content</a>
<header class="top">
<a class="brand" href="${root}">${escaped(name)}</a>
<nav aria-label="Pages">${links.join('')}</nav>
</header>
<${element} id="content" class="${more.main ?? 'prose'}">
${body}
</${element}>
<footer class="bottom">
<nav aria-label="Files for programs">${filesOf(site)
    .map((file) => `<a href="${root}${file.path}">${file.name}</a>`)
    .join('')}</nav>
<p>Version ${escaped(String(site.spec['info']?.['version']))} of the contract. Everything here is made from one OpenAPI description.</p>
</footer>
</body>
</html>
`
}
