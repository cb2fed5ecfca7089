/**
 * The request on the wire, and the same call for curl and in TypeScript.
 *
 * @module
 */
import { curlSample, typescriptSample } from './code-samples.js'
import { h, replaceContent } from './dom.js'
import { type CallIdentity, type Draft, type WireRequest, wireRequest } from './draft.js'

/** Longer parts are truncated in the view. Copying takes all of them. */
const MAX_SHOWN = 600

function truncated(text: string): string {
  if (text.length <= MAX_SHOWN) return text
  const rest = (text.length - MAX_SHOWN).toLocaleString('en')
  return `${text.slice(0, MAX_SHOWN)}… (${rest} more characters)`
}

/** The view on the page. */
export interface RequestView {
  readonly element: HTMLElement
  readonly update: (draft: Draft, identity: CallIdentity) => void
}

const startLine = ({ method, path, host }: WireRequest): string => `${method} ${path} HTTP/1.1\nHost: ${host}\n`

function httpText(request: WireRequest): string {
  const headers = request.headers.map(([name, value]) => `${name}: ${value}\n`)
  return `${startLine(request)}${headers.join('')}\n${request.body}`
}

/** The pairs of the body on lines of their own, by style alone: the text has no line break between them. */
function bodyElements(body: string): HTMLElement[] {
  const pairs = (body === '' ? [] : body.split('&')).map((pair) => {
    const [name = '', ...rest] = pair.split('=')
    return { name, value: rest.join('=') }
  })
  return pairs.map(({ name, value }, i) => {
    const isRepeated = pairs.filter((pair) => pair.name === name).length > 1
    const nameElement = h(isRepeated ? 'mark' : 'span', {}, name)
    return h('span', { class: 'pg-pair' }, i > 0 && '&', nameElement, `=${truncated(value)}`)
  })
}

function httpNodes(request: WireRequest): Node[] {
  const headers = request.headers.map(([name, value]) => h('span', {}, h('b', {}, name), `: ${value}\n`))
  const line = document.createTextNode(startLine(request))
  return [line, ...headers, document.createTextNode('\n'), ...bodyElements(request.body)]
}

const truncateLines = (text: string): string => text.split('\n').map(truncated).join('\n')

const VIEWS = ['HTTP', 'curl', 'TypeScript'] as const
type View = (typeof VIEWS)[number]

/** A choice of views, as radio buttons: the arrow keys move between them. */
function viewChoice(selected: View, onChoose: (view: View) => void): HTMLElement {
  const tabs = VIEWS.map((view) => {
    const change = () => onChoose(view)
    const radio = h('input', { type: 'radio', name: 'pg-view', value: view, checked: view === selected, change })
    return h('label', {}, radio, h('span', {}, view))
  })
  return h('fieldset', { class: 'pg-tabs' }, h('legend', { class: 'hidden' }, 'Show the request as'), ...tabs)
}

/** The whole text of a view. */
function viewText(view: View, draft: Draft, identity: CallIdentity): string {
  if (view === 'HTTP') return httpText(wireRequest(draft, identity))
  return view === 'curl' ? curlSample(draft) : typescriptSample(draft)
}

/**
 * @param serverChoice the choice of the host
 * @param announce tells users, also those who cannot see, that something is done
 */
export function createRequestView(serverChoice: HTMLElement, announce: (message: string) => void): RequestView {
  const code = h('code')
  const pre = h('pre', { class: 'pg-code', tabindex: '0', role: 'region', 'aria-label': 'Text of the request' }, code)
  let view: View = 'HTTP'
  let current: { readonly draft: Draft; readonly identity: CallIdentity } | undefined
  const render = () => {
    if (!current) return
    const { draft, identity } = current
    if (view === 'HTTP') replaceContent(code, ...httpNodes(wireRequest(draft, identity)))
    else replaceContent(code, truncateLines(viewText(view, draft, identity)))
  }
  const copy = async () => {
    const text = current ? viewText(view, current.draft, current.identity) : ''
    await navigator.clipboard.writeText(text).then(
      () => announce(`${view} copied`),
      () => announce('This browser does not let the page copy. Select the text instead.'),
    )
  }
  const choose = (chosen: View) => {
    view = chosen
    render()
  }
  const button = h('button', { type: 'button', class: 'pg-quiet', click: () => void copy() }, 'Copy')
  return {
    element: h(
      'section',
      { 'aria-labelledby': 'pg-request' },
      h('div', { class: 'pg-title' }, h('h2', { id: 'pg-request' }, 'Request'), serverChoice),
      h('div', { class: 'pg-bar' }, viewChoice(view, choose), button),
      pre,
    ),
    update: (draft, identity) => {
      current = { draft, identity }
      render()
    },
  }
}
