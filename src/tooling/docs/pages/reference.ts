/**
 * The reference: what `redocly build-docs` makes, served by ourselves alone.
 *
 * Its page fetches a script and pictures from a CDN, holds scripts and styles inline, and links from the root of the
 * host. Here all of it is in files of the site, the links are relative, and a Content-Security-Policy holds it to that.
 *
 * @module
 */
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { type Files, type Site, source } from '../site.js'
import { page } from './layout.js'

const CLI = dirname(createRequire(import.meta.url).resolve('@redocly/cli/package.json'))

/** The page as Redocly makes it. */
async function made(site: Site): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'reference-'))
  try {
    const spec = join(folder, 'openapi.json')
    const file = join(folder, 'index.html')
    await writeFile(spec, JSON.stringify(site.spec))
    const args = [join(CLI, 'bin/cli.js'), 'build-docs', spec, '-o', file]
    const child = spawn(process.execPath, args, { cwd: site.root, stdio: ['ignore', 'ignore', 'pipe'] })
    const said: Buffer[] = []
    child.stderr.on('data', (chunk: Buffer) => said.push(chunk))
    const code = await new Promise((done, fail) => child.on('error', fail).on('close', done))
    if (code !== 0) throw new Error(`redocly build-docs ended with ${code}: ${Buffer.concat(said)}`)
    return await readFile(file, 'utf8')
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

/** The parts of the page. Each must be found, else Redocly has changed and this file must follow. */
function partsOf(html: string): { markup: string; styles: string; mode: string; definition: string; options: string } {
  const part = (name: string, pattern: RegExp) => {
    const found = pattern.exec(html)?.[1]
    if (found === undefined) throw new Error(`redocly build-docs: no ${name} in its page`)
    return found
  }
  const markup = part('markup', /<div id="redoc">([\s\S]*)<\/div>\s*<script type="module">/)
  return {
    markup,
    styles: part('styles', /<style data-styled[^>]*>([\s\S]*?)<\/style>/),
    mode: part('colour mode', /<script>([\s\S]*?)<\/script>/),
    definition: part('definition', /const __redoc_definition = (.*);\n/),
    options: part('options', /const __redoc_options = (.*);\n/),
  }
}

/** How the search asks whether it may run in a worker: by compiling text, which the policy forbids. */
const PROBE = /return \w+\._factory\?\?=Function\(\w+\),!0/

/** The viewer's script without the addresses of its maker's hosts: nothing can be fetched from or told to them. */
function offline(script: string): string {
  if (!PROBE.test(script)) throw new Error('redocly build-docs: no probe for a worker in its script')
  return script
    .replaceAll(/https:\/\/(cdn\.redoc\.ly|cdn\.redocly\.com|otel\.cloud\.redocly\.com)/g, 'data:,')
    .replace(PROBE, 'return!1')
}

const hash = (text: string): string => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** The style attributes that the viewer writes around the words of a code sample. */
const tokens = (script: string): string[] =>
  [...new Set(script.match(/--code-block-tokens-[a-z-]+-color/g))].map((name) => hash(`color: var(${name})`))

const plain = (attribute: string) =>
  attribute.replaceAll('&quot;', '"').replaceAll('&#x27;', "'").replaceAll('&amp;', '&')

/** The viewer's script, as Redocly ships it. */
export const viewerScript = (): Promise<string> => readFile(join(CLI, 'lib/chunks/redoc.standalone.js'), 'utf8')

/** Builds `reference/`. */
export async function referenceFiles(site: Site): Promise<Files> {
  return ownFiles(site, ...(await Promise.all([made(site), viewerScript()])))
}

/**
 * Redocly's page in files of the site.
 *
 * @param html the page as Redocly makes it
 * @param script the viewer's script
 */
export async function ownFiles(site: Site, html: string, script: string): Promise<Files> {
  const { markup, styles, mode, definition, options } = partsOf(html)
  const settings = {
    ...JSON.parse(options),
    downloadUrls: [
      { title: 'openapi.yaml', url: '../openapi.yaml' },
      { title: 'openapi.json', url: '../openapi.json' },
    ],
  }
  const body = markup
    .replace(`<script>${mode}</script>`, '<script src="mode.js"></script>')
    .replaceAll(/href="\//g, 'href="#/')
  const inline = [...new Set([...body.matchAll(/ style="([^"]*)"/g)].map(([, style = '']) => hash(plain(style))))]
  const shell = page(site, {
    path: 'reference/',
    title: 'Reference',
    description: 'Every field, header, answer and example of the contract.',
    body: `<noscript><p>The reference needs JavaScript. The <a href="../">guide</a> and <a href="../reference.md">reference.md</a> say the same without.</p></noscript>\n<div id="redoc">${body}</div>`,
    main: 'reference',
    ownMain: true,
    head: '<link rel="modulepreload" href="redoc.js">\n<script src="mode.js"></script>\n',
    styles: ['redoc.css'],
    scripts: ['app.js', 'anchor.js'],
    // The empty style is the element that the viewer fills by rules later.
    hashes: [hash(''), ...inline, ...tokens(script)],
  })
  const app = `import { hydrate } from './redoc.js'\n\nhydrate(${definition}, ${JSON.stringify(settings)}, document.getElementById('redoc'))\n`
  const [theme, anchor] = await Promise.all([
    source(site, 'src/tooling/docs/assets/reference.css'),
    source(site, 'src/tooling/docs/assets/reference-anchor.js'),
  ])
  return new Map([
    ['reference/index.html', shell],
    ['reference/redoc.css', `${styles}\n${theme}`],
    ['reference/mode.js', mode],
    ['reference/anchor.js', anchor],
    ['reference/app.js', app],
    ['reference/redoc.js', offline(script)],
  ])
}
