/**
 * `404.html`: shown at any depth, so it holds its style in itself and links from the site's address.
 *
 * Where the site lives elsewhere than it was built for, a small script finds the way back.
 *
 * @module
 */
import { createHash } from 'node:crypto'
import { escaped } from '../html.js'
import { type Files, type Site, source } from '../site.js'
import { CSP, PAGES } from './layout.js'

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Looks, from here upwards, for the folder that has the site's stylesheet, unless the address is the one expected. */
const script = (base: string): string => `
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

/** Builds `404.html`. */
export async function lostFiles(site: Site): Promise<Files> {
  const base = site.published ? new URL(site.url).pathname : ''
  const css = await source(site, 'src/tooling/docs/assets/site.css')
  // What the page shows needs no more than the first part of the stylesheet.
  const style = css.slice(0, css.indexOf('/* First page'))
  const code = script(base)
  const policy = CSP.replace("script-src 'self'", `script-src ${hash(code)}`).replace(
    "style-src 'self'",
    `style-src ${hash(style)}`,
  )
  const links = PAGES.map(
    ({ path, name }) => `<li><a href="${escaped((base || './') + path)}" data-path="${path}">${name}</a></li>`,
  )
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
<main class="prose">
<h1>No such page</h1>
<p>The address names nothing here. The pages of ${escaped(String(site.spec['info']?.['title']))}:</p>
<ul>${links.join('')}</ul>
</main>
<script>${code}</script>
</body>
</html>
`
  return new Map([['404.html', html]])
}
