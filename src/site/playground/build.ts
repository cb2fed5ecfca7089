/**
 * The playground: its page, its table of the spec, its script and MSW's worker beside it.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { build, type Plugin, transform } from 'esbuild'
import { page } from '../page.js'
import { type Site, write } from '../site.js'
import { tableOf } from './table.js'

/**
 * Parts, most of them of MSW, that the page never comes to, each with what stands for it: cookies, paths in place of patterns, words
 * for a status, a log, and the patching of `fetch` and `XMLHttpRequest`.
 */
const UNUSED: readonly (readonly [path: RegExp, stub: string])[] = [
  [/\/msw\/lib\/core\/utils\/cookieStore\.mjs$/, 'export const cookieStore = { getCookies: () => [] }'],
  [/\/msw\/lib\/shims\/cookie\.mjs$/, 'export const parse = () => ({}), serialize = () => ""'],
  [/\/msw\/lib\/shims\/statuses\.mjs$/, 'export default { message: {} }'],
  [
    /\/msw\/lib\/core\/utils\/logging\/.*\.mjs$/,
    'export const getStatusCodeColor = String, getTimestamp = String, serializeRequest = String, serializeResponse = String',
  ],
  [/\/path-to-regexp\/.*\.js$/, 'export const match = (pattern) => (url) => pattern.test(url) && { params: {} }'],
  // Of the interceptors MSW takes the class of its answers alone, here for the statuses that a contract may have.
  [
    /\/@mswjs\/interceptors\/lib\/browser\/index\.mjs$/,
    `export class FetchResponse extends Response {
      constructor(body, init) {
        super([204, 205, 304].includes(init.status) ? null : body, init)
      }
    }
    export class BatchInterceptor {}
    export const createRequestId = () => crypto.randomUUID(), getCleanUrl = String, resolveWebSocketUrl = String`,
  ],
  [/\/headers-polyfill\/.*\.mjs$/, 'export const Headers = globalThis.Headers, stringToHeaders = () => new Headers()'],
  [/\/strict-event-emitter\/.*\.mjs$/, 'export class Emitter {}'],
  [/\/outvariant\/.*\.mjs$/, 'export const invariant = () => {}, format = String'],
  [/\/deferred-promise\/.*\.mjs$/, 'export class DeferredPromise {}'],
  // The report of `verify()`, which the page never asks for: it shows each breach at its field.
  [/\/src\/mock\/report\.[jt]s$/, 'export class ContractBreachError extends Error {}'],
  [/\/src\/mock\/caller\.[jt]s$/, 'export const callerFrames = () => []'],
  // The page looks at its answers, not at what the stand-in keeps of its calls, and sends text.
  [
    /\/src\/mock\/keep\.[jt]s$/,
    'const same = (value) => value; export { same as keptHeaders, same as keptBreaches, same as keptFields }',
  ],
  [/\/src\/mock\/body\.[jt]s$/, 'export const textOf = (body) => new TextDecoder().decode(body)'],
  // The page signs with the client: the one mistake that it can make is another secret.
  [/\/src\/mock\/mistakes\.[jt]s$/, `export const explainSignature = () => 'one made with another App Secret'`],
  // The page chooses its answers by `next`, and sends one call at a time.
  [/\/src\/mock\/prefer\.[jt]s$/, 'export const preferred = () => undefined'],
  [/\/src\/batch\.[jt]s$/, 'export const createBatch = () => undefined'],
  // The App Secret of the page is made up, and printed on it.
  [
    /\/src\/secret\.[jt]s$/,
    `const same = (value) => value
    export const createGuard = () => ({ redact: same, refuse: same })
    export const createRefuse = () => same
    export const materializeStack = same
    export const truncate = (text, length) => (text.length > length ? text.slice(0, length) + '…' : text)`,
  ],
]

/** Puts the stubs in their place; fails when one of them has lost it, so that none stays behind unnoticed. */
function lighter(): Plugin {
  return {
    name: 'lighter',
    setup({ onLoad, onEnd }) {
      const met = new Set<RegExp>()
      for (const [path, stub] of UNUSED) {
        onLoad({ filter: path }, () => {
          met.add(path)
          return { contents: stub }
        })
      }
      onEnd(({ errors }) => {
        const lost = UNUSED.filter(([path]) => !met.has(path)).map(([path]) => ({
          text: `${path}: no such module any more`,
        }))
        return { errors: errors.length > 0 ? [] : lost }
      })
    },
  }
}

/** The page's script. */
async function script(site: Site): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [join(site.root, 'src/site/playground/browser/main.ts')],
    bundle: true,
    format: 'esm',
    target: 'es2022',
    minify: true,
    legalComments: 'none',
    define: { PLAYGROUND_TABLE: JSON.stringify(tableOf(site.spec, site.package)) },
    plugins: [lighter()],
    logLevel: 'silent',
    write: false,
  })
  return (outputFiles[0] as { contents: Uint8Array }).contents
}

/** MSW's worker, of the version that answers it. */
async function worker(): Promise<string> {
  const folder = dirname(createRequire(import.meta.url).resolve('msw/package.json'))
  const { code } = await transform(await readFile(join(folder, 'lib/mockServiceWorker.js'), 'utf8'), { minify: true })
  return code
}

/** The page with its icon inside: browsers ask for it again when the address changes, also after the network is gone. */
async function withIcon(site: Site, html: string): Promise<string> {
  const icon = (await readFile(join(site.root, 'src/site/icon.svg'), 'utf8')).trim()
  const inside = html.replace(/href="[^"]*icon\.svg"/, `href="data:image/svg+xml,${encodeURIComponent(icon)}"`)
  if (inside === html) throw new Error('playground: the page has no link to icon.svg any more')
  return inside
}

const DESCRIPTION =
  'Fill in a call, see the request that the client sends, and get an answer: from a stand-in in this page, without an account.'

const BODY = `<h1>Playground</h1>
<p class="pg-lead">Fill in a call, see the exact request, and send it. A stand-in of the API answers, here in the page: no
account, no network, and nothing you type leaves your browser, for the page’s policy lets it talk to nobody else. Key and
secret are made up; never put real ones into a page.</p>
<noscript><p class="pg-note">The playground is a program that runs in this page, so it needs JavaScript. Without it: the
<a href="../">guide</a> has the same call for several languages, and the
<a href="../reference/">reference</a> has every field.</p></noscript>
<div id="playground" class="pg"></div>`

/** Writes `playground/`. */
export async function buildPlayground(site: Site): Promise<void> {
  const [code, msw, css] = await Promise.all([
    script(site),
    worker(),
    readFile(join(site.root, 'src/site/playground/playground.css'), 'utf8'),
  ])
  const { code: style } = await transform(css, { loader: 'css', minify: true })
  const html = page(site, {
    path: 'playground/',
    title: 'Playground',
    description: DESCRIPTION,
    body: BODY,
    main: 'wide',
    styles: ['playground.css'],
    scripts: ['playground.js'],
  })
  await Promise.all([
    write(site, 'playground/index.html', await withIcon(site, html)),
    write(site, 'playground/playground.js', code),
    write(site, 'playground/playground.css', style),
    write(site, 'playground/mockServiceWorker.js', msw),
  ])
}
