/**
 * `404.html`. A host may serve it at any depth, so it contains its style and links by the path of the site's address.
 *
 * If the site is served at another path than it was built for, a small script finds that path.
 *
 * @module
 */
import { pagePath } from '../content/pages.js'
import { escapeHtml } from '../html.js'
import { type Files, readSource, type Site } from '../site.js'
import { NAVIGATION } from '../site-map.js'
import { CSP, cspHash } from './layout.js'

/** Looks, from this folder upwards, for the site's stylesheet, unless the address is the expected one. */
const findRootScript = (base: string): string => `
const base = ${JSON.stringify(base)}
const links = [...document.querySelectorAll('a[data-path]')]
const point = (root) => { for (const link of links) link.href = root + link.dataset.path }
async function find() {
  const parts = location.pathname.split('/').slice(1, -1)
  for (let n = 0; n <= parts.length; n++) {
    const root = '/' + parts.slice(0, n).map((part) => part + '/').join('')
    const answer = await fetch(root + 'assets/site.css', { method: 'HEAD' }).catch(() => undefined)
    if (answer?.ok) return point(root)
  }
}
const here = location.pathname
if (here.endsWith('/404.html')) point(here.slice(0, -'404.html'.length))
else if (base === '' || !here.startsWith(base)) find()
`

/** The pages that it leads to. */
const LINKED = ['index.md', 'client/index.md', 'testing/index.md', 'endpoint.md', 'errors.md', 'playground.md']

/** Builds `404.html`. */
export async function notFoundFiles(site: Site): Promise<Files> {
  const base = site.published ? new URL(site.url).pathname : ''
  const [css, icon] = await Promise.all(
    ['site.css', 'icon.svg'].map((file) => readSource(site, `src/tooling/docs/assets/${file}`)),
  )
  // The page needs no more than the first part of the stylesheet.
  const style = css?.slice(0, css.indexOf('/* Frame')) ?? ''
  const script = findRootScript(base)
  const policy = CSP.replace("script-src 'self'", `script-src ${cspHash(script)}`).replace(
    "style-src 'self'",
    `style-src ${cspHash(style)}`,
  )
  const link = (path: string, html: string, attributes = '') =>
    `<a${attributes} href="${escapeHtml((base || './') + path)}" data-path="${path}">${html}</a>`
  const entries = NAVIGATION.flatMap(({ pages }) => pages).filter(({ file }) => LINKED.includes(file))
  const titleOf = (file: string) => site.pages.find((page) => page.file === file)?.title
  const links = entries.map(({ file, name }) => `<li>${link(pagePath(file), escapeHtml(titleOf(file) ?? name))}</li>`)
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy}">
<title>No such page</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<link rel="icon" href="data:,">
<style>${style}</style>
</head>
<body>
<header class="top">
${link('', `<img src="data:image/svg+xml,${encodeURIComponent(icon?.trim() ?? '')}" alt="" width="24" height="24">${escapeHtml(site.package)}`, ' class="brand"')}
<nav class="main-links" aria-label="Main">${link('endpoint/', 'Endpoint')}${link('playground/', 'Playground')}</nav>
</header>
<main class="prose lost">
<h1>No such page</h1>
<p>Nothing has this address. Perhaps you want one of these:</p>
<ul>${links.join('')}</ul>
</main>
<script>${script}</script>
</body>
</html>
`
  return new Map([['404.html', html]])
}
