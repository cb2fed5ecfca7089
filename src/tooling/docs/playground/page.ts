/**
 * The playground's page, without its script.
 *
 * @module
 */
import { page } from '../pages/layout.js'
import { type Site, source } from '../site.js'

/** The page with its icon inside: browsers ask for it again when the address changes, also after the network is gone. */
async function withIcon(site: Site, html: string): Promise<string> {
  const icon = (await source(site, 'src/tooling/docs/assets/icon.svg')).trim()
  const inside = html.replace(/href="[^"]*icon\.svg"/, `href="data:image/svg+xml,${encodeURIComponent(icon)}"`)
  if (inside === html) throw new Error('playground: the page has no link to icon.svg any more')
  return inside
}

const DESCRIPTION =
  'Fill in a call, see the request that the client sends, and get an answer: from a mock in this page, without an account.'

const BODY = `<h1>Playground</h1>
<p class="pg-lead">Fill in a call, see the exact request, and send it. A mock of the API answers, here in the page: no
account, no network, and nothing you type leaves your browser, for the page’s policy lets it talk to nobody else. Key and
secret are made up; never put real ones into a page.</p>
<noscript><p class="pg-note">The playground is a program that runs in this page, so it needs JavaScript. Without it: the
<a href="../">guide</a> has the same call for several languages, and the
<a href="../reference/">reference</a> has every field.</p></noscript>
<div id="playground" class="pg"></div>`

/** @returns `playground/index.html` */
export function playgroundPage(site: Site): Promise<string> {
  const html = page(site, {
    path: 'playground/',
    title: 'Playground',
    description: DESCRIPTION,
    body: BODY,
    main: 'wide',
    styles: ['playground.css'],
    scripts: ['playground.js'],
  })
  return withIcon(site, html)
}
