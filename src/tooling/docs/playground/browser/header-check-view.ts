/**
 * The part of the page that checks pasted headers. It has no field for a secret, and refuses a pasted one.
 *
 * @module
 */
import { copyText, h, replaceContent, statusLine } from './dom.js'
import type { HeaderFinding, HeaderReport } from './header-check.js'
import { hasSecret } from './pasted-secret.js'

const REFUSED =
  'That has an App Secret in it. It was not taken, and nothing of it was kept. Paste the headers alone; if the secret is a real one and others saw it, change it.'

const PLACEHOLDER = `App-Key: …
Nonce: …
Timestamp: …
Signature: …`

const findingElement = ({ name, facts, problems }: HeaderFinding): HTMLElement =>
  h(
    'li',
    { class: problems.length > 0 ? 'pg-bad' : 'pg-good' },
    h('code', {}, name),
    ' ',
    h('span', {}, [...facts].join(', ')),
    ...problems.map((problem) => h('strong', {}, problem)),
  )

/** The readers of headers and curl commands are loaded when somebody comes to use them. */
const loadCheck = () => import('./header-check.js')

/** The headline of a report. */
function verdict(findings: readonly HeaderFinding[]): string {
  const wrong = findings.filter(({ problems }) => problems.length > 0).map(({ name }) => name)
  if (wrong.length === 0) return 'All headers are there and look right.'
  return `Look at ${new Intl.ListFormat('en').format(wrong)}.`
}

/** The section on the page. */
export function createHeaderCheckView(): HTMLElement {
  const id = 'pg-paste'
  const status = h('p', { class: 'pg-verdict', role: 'status' })
  status.hidden = true
  const list = h('ul', { class: 'pg-findings' })
  const copied = statusLine()
  const command = h('code')
  const copy = () => void copyText(command.textContent ?? '').then(copied.say)
  const copyButton = h('button', { type: 'button', class: 'pg-quiet', click: copy }, 'Copy command')
  const home = h(
    'div',
    { class: 'pg-home' },
    h(
      'p',
      {},
      'Only your App Secret can tell whether the signature is right. Run this on your own machine, with ',
      h('code', {}, 'RONGCLOUD_APP_SECRET'),
      ' in the environment, or with ',
      h('code', {}, '--app-secret-file'),
      ':',
    ),
    h(
      'pre',
      { class: 'pg-code', tabindex: '0', role: 'region', 'aria-label': 'Command to run on your own machine' },
      command,
    ),
    h('div', { class: 'pg-bar' }, copyButton, copied.element),
  )
  home.hidden = true
  const setStatus = (text: string, good: boolean) => {
    status.hidden = text === ''
    status.dataset['good'] = String(good)
    replaceContent(status, text)
  }
  const check = () => {
    const text = area.value
    if (hasSecret(text)) {
      area.value = ''
      refuse()
      return
    }
    // The field was just emptied: the reason stays until there is a new text.
    if (text === '' && status.textContent === REFUSED) return
    void loadCheck().then(
      ({ checkHeaders }) => {
        // The text may have changed while this was loaded.
        if (area.value === text) show(checkHeaders(text, Date.now()))
      },
      () => setStatus('This part of the page could not be loaded. Reload the page.', false),
    )
  }
  const show = ({ findings, problem = '', command: line = '' }: HeaderReport) => {
    const isFine = findings.length > 0 && findings.every(({ problems }) => problems.length === 0)
    if (area.value.trim() === '') setStatus('', true)
    else setStatus(problem || verdict(findings), isFine)
    replaceContent(list, ...findings.map(findingElement))
    replaceContent(command, line)
    replaceContent(copied.element)
    home.hidden = line === ''
  }
  const refuse = () => {
    replaceContent(list)
    replaceContent(command)
    home.hidden = true
    setStatus(REFUSED, false)
  }
  const preload = () => void loadCheck().catch(() => {})
  const paste = (event: Event) => {
    // Before the text is in the field, where the browser would keep it to undo and redo.
    if (!(event instanceof ClipboardEvent) || !hasSecret(event.clipboardData?.getData('text') ?? '')) return
    event.preventDefault()
    refuse()
  }
  const attributes = {
    autocomplete: 'off',
    spellcheck: 'false',
    autocapitalize: 'off',
    'aria-describedby': `${id}-hint`,
  }
  const area = h('textarea', {
    id,
    rows: '6',
    placeholder: PLACEHOLDER,
    input: check,
    focus: preload,
    paste,
    ...attributes,
  })
  const clear = () => {
    area.value = ''
    replaceContent(status)
    check()
    area.focus()
  }
  const clearButton = h('button', { type: 'button', class: 'pg-quiet', click: clear }, 'Clear')
  const hint =
    'Lines “Name: value”, a curl command or what curl -v prints. The text stays in this page: it goes neither into the address nor to the mock. Never paste the App Secret.'
  return h(
    'section',
    { class: 'pg-headers', 'aria-labelledby': 'headers' },
    h('h2', { id: 'headers' }, 'Got a 401? Check your own headers'),
    h(
      'div',
      { class: 'pg-field' },
      h('label', { for: id }, 'Headers of your call'),
      h('p', { class: 'pg-hint', id: `${id}-hint` }, hint),
      area,
      clearButton,
    ),
    h('div', { class: 'pg-report' }, status, list, home),
  )
}
