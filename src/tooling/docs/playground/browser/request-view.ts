/**
 * The request on the wire, and the same call for curl, by the package's client, and in other languages.
 *
 * @module
 */
import { svgIcon } from '../../browser/icons.js'
import { recall, remember, SAMPLE_KEY } from '../../browser/storage.js'
import { curlSample, typescriptSample } from './code-samples.js'
import { copyText, h, replaceContent, statusLine } from './dom.js'
import { type CallIdentity, type Draft, type WireRequest, wireRequest } from './draft.js'
import { programSample, programsOf } from './program-samples.js'

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

/** One way to show a request. */
interface View {
  readonly label: string
  readonly text: (draft: Draft, identity: CallIdentity) => string
}

const HTTP_VIEW: View = { label: 'HTTP', text: (draft, identity) => httpText(wireRequest(draft, identity)) }

/** The views of an operation: those of other languages come from the spec. */
const viewsOf = (draft: Draft): readonly View[] => [
  HTTP_VIEW,
  { label: 'curl', text: curlSample },
  { label: 'TypeScript', text: typescriptSample },
  ...programsOf(draft).map((template) => ({ label: template.label, text: (of: Draft) => programSample(template, of) })),
]

/** A choice of views, as radio buttons: the arrow keys move between them. */
function viewRadio({ label }: View, isChosen: boolean, onChoose: () => void): HTMLElement {
  const attributes = { type: 'radio', name: 'pg-view', value: label, checked: isChosen, change: onChoose }
  return h('label', {}, h('input', attributes), h('span', {}, label))
}

/** @param serverChoice the choice of the host */
export function createRequestView(serverChoice: HTMLElement): RequestView {
  const code = h('code')
  const pre = h('pre', { class: 'pg-code', tabindex: '0', role: 'region', 'aria-label': 'Text of the request' }, code)
  const radios = h('div', { class: 'pg-radios' })
  const status = statusLine()
  let views: readonly View[] = []
  let view = HTTP_VIEW
  /** A language that this operation has no sample in is kept for the others. */
  let wanted = recall(SAMPLE_KEY) ?? HTTP_VIEW.label
  let current: { readonly draft: Draft; readonly identity: CallIdentity } | undefined
  const render = () => {
    if (!current) return
    const { draft, identity } = current
    pre.classList.toggle('pg-program', view.label !== HTTP_VIEW.label)
    if (view.label === HTTP_VIEW.label) replaceContent(code, ...httpNodes(wireRequest(draft, identity)))
    else replaceContent(code, truncateLines(view.text(draft, identity)))
  }
  const copy = () => {
    if (current) void copyText(view.text(current.draft, current.identity), `${view.label} copied`).then(status.say)
  }
  const choose = (chosen: View) => {
    view = chosen
    wanted = chosen.label
    remember(SAMPLE_KEY, wanted)
    status.say('')
    render()
  }
  /** The radios stay as long as the labels do: one of them may have the focus. */
  const updateViews = (draft: Draft) => {
    const labels = views.map(({ label }) => label).join()
    views = viewsOf(draft)
    view = views.find(({ label }) => label === wanted) ?? HTTP_VIEW
    if (labels === views.map(({ label }) => label).join()) return
    const choices = views.map((one) =>
      viewRadio(one, one === view, () => choose(views.find(({ label }) => label === one.label) ?? HTTP_VIEW)),
    )
    replaceContent(radios, ...choices)
  }
  const attributes = { type: 'button', class: 'copy', click: copy, 'aria-label': 'Copy', title: 'Copy' }
  const button = h('button', attributes, svgIcon('copy'))
  const legend = h('legend', { class: 'hidden' }, 'Show the request as')
  return {
    element: h(
      'section',
      { class: 'pg-request', 'aria-labelledby': 'pg-request' },
      h('div', { class: 'pg-title' }, h('h2', { id: 'pg-request' }, 'Request'), serverChoice),
      h('fieldset', { class: 'pg-tabs' }, legend, radios),
      status.element,
      h('div', { class: 'code' }, pre, button),
    ),
    update: (draft, identity) => {
      current = { draft, identity }
      status.say('')
      updateViews(draft)
      render()
    },
  }
}
