/**
 * The request as it goes over the wire, and the same call for curl and in TypeScript.
 *
 * @module
 */

import { curlOf, typescriptOf } from './code-samples.js'
import { fill, h } from './dom.js'
import { type Draft, type Draw, requestOf, type WireRequest } from './draft.js'

/** Longer parts are cut in the view; copying takes all. */
const SHOWN = 600

const shortened = (text: string) =>
  text.length > SHOWN
    ? `${text.slice(0, SHOWN)}… (${(text.length - SHOWN).toLocaleString('en')} more characters)`
    : text

/** The view on the page. */
export interface RequestView {
  readonly element: HTMLElement
  readonly update: (draft: Draft, drawn: Draw) => void
}

const startLine = ({ method, path, host }: WireRequest) => `${method} ${path} HTTP/1.1\nHost: ${host}\n`

function httpText(request: WireRequest): string {
  return `${startLine(request)}${request.headers.map(([name, value]) => `${name}: ${value}\n`).join('')}\n${request.body}`
}

/** Pairs on lines of their own, for the eye alone: the text between them has no line break. */
function httpNodes(request: WireRequest): Node[] {
  const pairs = request.body === '' ? [] : request.body.split('&')
  const names = pairs.map((pair) => pair.split('=')[0])
  const body = pairs.map((pair, i) => {
    const again = names.indexOf(names[i]) !== i || names.lastIndexOf(names[i]) !== i
    const [name = '', ...rest] = pair.split('=')
    const text = `=${shortened(rest.join('='))}`
    return h('span', { class: 'pg-pair' }, i > 0 && '&', h(again ? 'mark' : 'span', {}, name), text)
  })
  const headers = request.headers.map(([name, value]) => h('span', {}, h('b', {}, name), `: ${value}\n`))
  return [document.createTextNode(startLine(request)), ...headers, document.createTextNode('\n'), ...body]
}

/** A long text, each of its lines cut. */
const cut = (text: string) => text.split('\n').map(shortened).join('\n')

const VIEWS = ['HTTP', 'curl', 'TypeScript'] as const
type View = (typeof VIEWS)[number]

/** A choice of views, as radio buttons: arrow keys go from one to the next. */
function viewChoice(first: View, chosen: (view: View) => void): HTMLElement {
  const tabs = VIEWS.map((name) => {
    const change = () => chosen(name)
    const radio = h('input', { type: 'radio', name: 'pg-view', value: name, checked: name === first, change })
    return h('label', {}, radio, h('span', {}, name))
  })
  return h('fieldset', { class: 'pg-tabs' }, h('legend', { class: 'hidden' }, 'Show the request as'), ...tabs)
}

/** The whole text of a view. */
function textOf(view: View, draft: Draft, drawn: Draw): string {
  if (view === 'HTTP') return httpText(requestOf(draft, drawn))
  return view === 'curl' ? curlOf(draft) : typescriptOf(draft)
}

/**
 * @param server the choice of the host
 * @param say tells a person, also one who cannot see, that something is done
 */
export function createRequestView(server: HTMLElement, say: (words: string) => void): RequestView {
  const code = h('code')
  const pre = h('pre', { class: 'pg-code', tabindex: '0', role: 'region', 'aria-label': 'Text of the request' }, code)
  let view: View = 'HTTP'
  let now: Parameters<RequestView['update']> | undefined
  const show = () => {
    if (!now) return
    const nodes = view === 'HTTP' ? httpNodes(requestOf(...now)) : [cut(textOf(view, ...now))]
    fill(code, ...nodes)
  }
  const copy = async () => {
    await navigator.clipboard.writeText(now ? textOf(view, ...now) : '').then(
      () => say(`${view} copied`),
      () => say('This browser does not let the page copy. Select the text instead.'),
    )
  }
  const choose = (chosen: View) => {
    view = chosen
    show()
  }
  const button = h('button', { type: 'button', class: 'pg-quiet', click: () => void copy() }, 'Copy')
  return {
    element: h(
      'section',
      { 'aria-labelledby': 'pg-request' },
      h('div', { class: 'pg-title' }, h('h2', { id: 'pg-request' }, 'Request'), server),
      h('div', { class: 'pg-bar' }, viewChoice(view, choose), button),
      pre,
    ),
    update: (...next) => {
      now = next
      show()
    },
  }
}
