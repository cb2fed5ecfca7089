/**
 * The playground's page, without its script.
 *
 * @module
 */
import { pageHtml } from '../render/layout.js'
import { readSource, type Site } from '../site.js'

/**
 * The page with its icon inline: browsers request an icon again when the address changes, even when the network is gone.
 */
async function inlineIcon(site: Site, html: string): Promise<string> {
  const icon = (await readSource(site, 'src/tooling/docs/assets/icon.svg')).trim()
  const inlined = html.replace(/href="[^"]*icon\.svg"/, `href="data:image/svg+xml,${encodeURIComponent(icon)}"`)
  if (inlined === html) throw new Error('playground: the page has no link to icon.svg')
  return inlined
}

/** The page with the modules that its script imports, so that the browser loads them beside it. */
function preload(html: string, scripts: readonly string[]): string {
  const links = scripts.map((script) => `<link rel="modulepreload" href="${script}">\n`).join('')
  const preloaded = html.replace('</head>', `${links}</head>`)
  if (preloaded === html && links !== '') throw new Error('playground: the page has no head')
  return preloaded
}

const DESCRIPTION =
  'Fill in a call, see the request that the client sends, and get an answer: from a mock in this page, without an account.'

const BODY = `<h1>Playground</h1>
<p class="pg-lead">Fill in a call, see the exact request, and send it to a mock in this page. You need no account, and the
page’s policy forbids requests to other hosts. Key and secret are made up; never put real ones into a page.</p>
<noscript><p class="pg-note">The playground is a program that runs in this page, so it needs JavaScript. Without it: the
<a href="../endpoint/">endpoint’s page</a> has the same call for several languages, and the
<a href="../reference/">reference</a> has every field.</p></noscript>
<div id="playground" class="pg"></div>`

/**
 * @param preloads scripts beside the page that its own script imports
 * @returns `playground/index.html`
 */
export function playgroundPage(site: Site, preloads: readonly string[] = []): Promise<string> {
  const html = pageHtml(site, {
    path: 'playground/',
    title: 'Playground',
    description: DESCRIPTION,
    body: BODY,
    mainClass: 'wide',
    styles: ['playground.css'],
    scripts: ['playground.js'],
  })
  return inlineIcon(site, preload(html, preloads))
}
