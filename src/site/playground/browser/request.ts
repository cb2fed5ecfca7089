/**
 * The request as it goes over the wire, and the same call for curl and in TypeScript.
 *
 * @module
 */
import { type Draft, type Draw, requestOf, type WireRequest } from './call.js'
import { fill, h } from './element.js'
import { curlOf, typescriptOf } from './print.js'

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

/**
 * @param server the choice of the host
 * @param say tells a person, also one who cannot see, that something is done
 */
export function createRequestView(server: HTMLElement, say: (words: string) => void): RequestView {
  const code = h('code', {})
  const pre = h('pre', { class: 'pg-code', tabindex: '0', 'aria-label': 'Request' }, code)
  let view: (typeof VIEWS)[number] = 'HTTP'
  let [text, now]: [string, Parameters<RequestView['update']> | undefined] = ['', undefined]
  const show = () => {
    if (!now) return
    const [draft, drawn] = now
    const request = requestOf(draft, drawn)
    text = view === 'HTTP' ? httpText(request) : view === 'curl' ? curlOf(draft) : typescriptOf(draft)
    fill(code, ...(view === 'HTTP' ? httpNodes(request) : [cut(text)]))
  }
  const tabs = VIEWS.map((name) => {
    const choose = () => {
      view = name
      show()
    }
    const radio = h('input', { type: 'radio', name: 'pg-view', value: name, checked: name === view, change: choose })
    return h('label', {}, radio, h('span', {}, name))
  })
  const copy = async () => {
    await navigator.clipboard.writeText(text).then(
      () => say(`${view} copied`),
      () => say('This browser does not let the page copy. Select the text instead.'),
    )
  }
  const bar = h(
    'div',
    { class: 'pg-bar' },
    h('fieldset', { class: 'pg-tabs' }, h('legend', { class: 'hidden' }, 'Show the request as'), ...tabs),
    h('button', { type: 'button', class: 'pg-quiet', click: copy }, 'Copy'),
  )
  return {
    element: h(
      'section',
      { 'aria-labelledby': 'pg-request' },
      h('div', { class: 'pg-title' }, h('h2', { id: 'pg-request' }, 'Request'), server),
      bar,
      pre,
    ),
    update: (...next) => {
      now = next
      show()
    },
  }
}
