/**
 * The first page: what each operation is for and how it is called, complete without JavaScript.
 *
 * @module
 */

import { type Region, regionsOf, type Section, sectionsOf, signingOf } from '../content/api.js'
import { callsOf } from '../content/operations.js'
import { blocks, escaped, line } from '../html.js'
import type { Files, Site } from '../site.js'
import { filesOf } from '../site-map.js'
import { row, rows, section } from './components.js'
import { toolsHtml } from './install-snippet.js'
import { page } from './layout.js'
import { callSections } from './operation-section.js'
import { signingSection } from './signing-section.js'

const hostOf = (url: string): string => url.replace(/^https?:\/\//, '')

function hosts(regions: readonly Region[], prose: string): string {
  const host = (url: string, which: string) =>
    `<p><code>${escaped(hostOf(url))}</code> <span class="which">${which}</span></p>`
  const one = ({ name, id, primary, backup, notes }: Region) =>
    row(
      `${escaped(name)}<span class="type"><code>${escaped(id)}</code></span>`,
      host(primary, 'primary') +
        (backup ? host(backup, 'backup') : '') +
        notes.map((note) => `<p>${line(note)}</p>`).join(''),
    )
  return `${blocks(prose)}<p>Beside the name of a region stands what the client's option <code>region</code> takes.</p>${rows(regions.map(one), 'hosts')}`
}

function programs(site: Site): string {
  return rows(
    filesOf(site).map(({ path, name, words }) =>
      row(`<a href="${path}">${escaped(name)}</a>`, `<p>${escaped(words)}</p>`),
    ),
  )
}

/** Sections of the page that are not of one operation. A section of the spec with the same title opens them. */
function common(site: Site): (readonly [id: string, title: string, body: string])[] {
  const sections = sectionsOf(site.spec)
  const [signing, hosting] = ['Signing a call', 'Hosts']
  const said = (title: string) => sections.find((one) => one.title === title)?.markdown ?? ''
  const others = sections.filter((one) => !['', signing, hosting].includes(one.title))
  const idOf = ({ title }: Section) => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
  return [
    ['signing', signing, signingSection(signingOf(site.spec), said(signing))],
    ['hosts', hosting, hosts(regionsOf(site.spec), said(hosting))],
    ...others.map((one) => [idOf(one), one.title, blocks(one.markdown)] as const),
    ['tools', 'Test your sender', toolsHtml(site)],
    ['programs', 'For programs', programs(site)],
  ]
}

/** Builds `index.html`. */
export function guideFiles(site: Site): Files {
  const info = site.spec['info']
  const title = String(info?.['title'])
  const summary = String(info?.['summary'] ?? title)
  const host = hostOf(regionsOf(site.spec)[0]?.primary ?? 'example.org')
  const calls = callsOf(site.spec).map((call) => callSections(call, host, signingOf(site.spec)))
  // Where an operation says what it is, the spec's own first words would say it again.
  const told = callsOf(site.spec).some(({ is }) => is.length > 0)
  const intro = blocks(sectionsOf(site.spec)[0]?.markdown)
  const about = told ? ([['about', 'About this description', intro]] as const) : []
  const shared = [...common(site), ...about]
  const item = ([id, words]: readonly [string, string, ...unknown[]]) =>
    `<li><a href="#${escaped(id)}">${line(words)}</a></li>`
  const toc = calls.map(
    ({ toc: [head, ...parts] }) => `${head ? item(head) : ''}<li><ol>${parts.map(item).join('')}</ol></li>`,
  )
  const body = `<div class="hero">
<h1>${escaped(title)}</h1>
<p class="lead">${line(summary)}</p>
${told ? '' : intro}
</div>
<nav class="toc" aria-label="On this page" tabindex="0"><details><summary>On this page</summary><ol>${toc.join('')}${shared.map(item).join('')}</ol></details></nav>
<div class="content">
${calls.map(({ html }) => html).join('')}${shared.map(([id, name, html]) => section(id, name, html)).join('')}</div>`
  return new Map([['index.html', page(site, { path: '', title, description: summary, body, main: 'guide' })]])
}
