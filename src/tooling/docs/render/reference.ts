/**
 * The reference: the page that `redocly build-docs` makes, without requests to other hosts.
 *
 * Redocly's page fetches a script and pictures from a CDN, has scripts and styles inline, and links from the root of the
 * host. Here all of it is in files of the site, the links are relative, and a Content-Security-Policy enforces it.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { slug } from 'github-slugger'
import { descriptionSections } from '../content/api.js'
import type { SourcePage } from '../content/pages.js'
import { operationsOf, type Spec } from '../content/spec.js'
import { unescapeHtml } from '../html.js'
import { type Files, readSource, type Site } from '../site.js'
import { cspHash, pageHtml } from './layout.js'

const REDOCLY_FOLDER = dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json'))

/**
 * The spec as Redoc shows it best. Redoc draws a schema with `if` and `then` as alternatives of the whole form, without links
 * to its fields; and its wide tables cannot be scrolled by keyboard. What the page of the endpoint says, signing, hosts and
 * message types, it does not repeat.
 */
export function specForRedoc(spec: Spec): Spec {
  const isCondition = (holder: object, key: string) =>
    (key === 'if' || key === 'then') && 'if' in holder && 'then' in holder
  const copy: Spec = JSON.parse(
    JSON.stringify(spec, function (this: object, key: string, value: unknown) {
      return isCondition(this, key) ? undefined : value
    }),
  )
  return { ...copy, info: { ...copy.info, description: descriptionSections(spec)[0]?.markdown ?? '' } }
}

/** The page as Redocly makes it. */
async function buildRedoclyPage(site: Site): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reference-'))
  try {
    const spec = join(folder, 'openapi.json')
    const page = join(folder, 'index.html')
    await writeFile(spec, JSON.stringify(specForRedoc(site.spec)))
    const args = [join(REDOCLY_FOLDER, 'bin/cli.js'), 'build-docs', spec, '-o', page]
    const child = spawn(process.execPath, args, { cwd: site.root, stdio: ['ignore', 'ignore', 'pipe'] })
    const stderr: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => stderr.push(chunk))
    const code = await new Promise((done, fail) => child.on('error', fail).on('close', done))
    if (code !== 0) throw new Error(`redocly build-docs ended with ${code}: ${Buffer.concat(stderr)}`)
    return await readFile(page, 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The parts of Redocly's page. Throws when one is missing: Redocly has changed, and this file must follow. */
function splitPage(html: string) {
  const findPart = (name: string, pattern: RegExp): string => {
    const part = pattern.exec(html)?.[1]
    if (part === undefined) throw new Error(`redocly build-docs: no ${name} in its page`)
    return part
  }
  return {
    markup: findPart('markup', /<div id="redoc">([\s\S]*)<\/div>\s*<script type="module">/),
    styles: findPart('styles', /<style data-styled[^>]*>([\s\S]*?)<\/style>/),
    colorMode: findPart('colour mode', /<script>([\s\S]*?)<\/script>/),
    definition: findPart('definition', /const __redoc_definition = (.*);\n/),
    options: findPart('options', /const __redoc_options = (.*);\n/),
  }
}

/** The search finds out whether it may run in a worker by compiling text, which the policy forbids. */
const WORKER_PROBE = /return \w+\._factory\?\?=Function\(\w+\),!0/

/** The viewer's script without the addresses of Redocly's hosts, so that it can fetch and report nothing. */
function withoutOtherHosts(script: string): string {
  if (!WORKER_PROBE.test(script)) throw new Error('redocly build-docs: no probe for a worker in its script')
  return script
    .replaceAll(/https:\/\/(cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com)/g, 'data:,')
    .replace(WORKER_PROBE, 'return!1')
}

/** Hashes of the style attributes that the viewer writes around the words of a code sample. */
const codeStyleHashes = (script: string): string[] =>
  [...new Set(script.match(/--code-block-tokens-[a-z-]+-color/g))].map((name) => cspHash(`color: var(${name})`))

/** The viewer's script, as Redocly ships it. */
export const viewerScript = (): Promise<string> =>
  readFile(join(REDOCLY_FOLDER, 'lib/chunks/redoc.standalone.js'), 'utf8')

/** Builds `reference/`. */
export async function referenceFiles(site: Site): Promise<Files> {
  const [html, script] = await Promise.all([buildRedoclyPage(site), viewerScript()])
  return selfHostedFiles(site, html, script)
}

/** Title and summary of the page, as they stand in the repository. */
function stub({ pages }: Site): Pick<SourcePage, 'title' | 'summary'> {
  const page = pages.find(({ file }) => file === 'reference.md')
  if (!page) throw new Error('pages/reference.md: no such file')
  return page
}

/** The address of the first operation in the viewer, as its menu has it: the tag, then the operation. */
function operationHash(spec: Spec): string {
  const [operation] = operationsOf(spec)
  const tag = operation?.definition.tags?.[0]
  return operation && tag ? `#/${slug(tag)}/${slug(operation.id)}` : '#/'
}

/**
 * Redocly's page as files of the site.
 *
 * @param html the page as Redocly makes it
 * @param script the viewer's script
 */
export async function selfHostedFiles(site: Site, html: string, script: string): Promise<Files> {
  const { markup, styles, colorMode, definition, options } = splitPage(html)
  const settings = {
    ...JSON.parse(options),
    downloadUrls: [
      { title: 'openapi.yaml', url: '../openapi.yaml' },
      { title: 'openapi.json', url: '../openapi.json' },
    ],
  }
  const body = markup.replace(`<script>${colorMode}</script>`, '').replaceAll(/href="\//g, 'href="#/')
  const inlineStyles = [...body.matchAll(/ style="([^"]*)"/g)].map(([, style = '']) => cspHash(unescapeHtml(style)))
  const { title, summary } = stub(site)
  const page = pageHtml(site, {
    path: 'reference/',
    title,
    description: summary,
    body: `<noscript><p>This page needs JavaScript. Without it, read the <a href="../endpoint/">page of the endpoint</a>, which says the same, or <a href="../reference.md">reference.md</a>.</p></noscript>\n<div id="redoc">${body}</div>`,
    mainClass: 'reference',
    ownMain: true,
    head: '<link rel="modulepreload" href="redoc.js">\n<script src="mode.js"></script>\n',
    styles: ['redoc.css'],
    scripts: ['app.js', 'anchor.js'],
    // The empty style is the element that the viewer later fills through the CSSOM.
    styleHashes: [cspHash(''), ...new Set(inlineStyles), ...codeStyleHashes(script)],
  })
  const app = `import { hydrate } from './redoc.js'

if (location.hash === '') history.replaceState(null, '', ${JSON.stringify(operationHash(site.spec))})
hydrate(${definition}, ${JSON.stringify(settings)}, document.getElementById('redoc'))
`
  const asset = (file: string) => readSource(site, `src/tooling/docs/assets/${file}`)
  const [theme, anchor, mode] = await Promise.all(
    ['reference.css', 'reference-anchor.js', 'reference-mode.js'].map(asset),
  )
  return new Map([
    ['reference/index.html', page],
    ['reference/redoc.css', `${styles}\n${theme}`],
    ['reference/mode.js', mode ?? ''],
    ['reference/anchor.js', anchor ?? ''],
    ['reference/app.js', app],
    ['reference/redoc.js', withoutOtherHosts(script)],
  ])
}
