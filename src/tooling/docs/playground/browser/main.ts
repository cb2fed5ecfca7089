/**
 * The playground: a form, the request that it makes, and the answer of a mock in the same page.
 *
 * @module
 */
import { costOf, type OperationId, security, servers } from '../../../../core/contract.js'
import type { Violation } from '../../../../core/error.js'
import { afterPress } from './after-press.js'
import { burstSize, sendBurst } from './burst.js'
import { createControls } from './controls.js'
import { h, replaceContent, statusLine } from './dom.js'
import { DEFAULTS, type Draft, newCallIdentity, type Settings, typedFields, wireRequest } from './draft.js'
import { findOperation } from './embedded-table.js'
import { createForm, type Form } from './form.js'
import { createHeaderCheckView } from './header-check-view.js'
import { type CallResult, sendDraft, suspicionsIn, validateDraft, wakeWorker } from './in-page-mock.js'
import { createRateLimitView } from './rate-limit-view.js'
import { createRequestView } from './request-view.js'
import { createResponseView, violationsIn } from './response-view.js'
import { copyLink, decodeLink, saveInAddress } from './share-link.js'
import { createSignatureView } from './signature-view.js'

let { id: operation, table } = findOperation('')
let settings: Settings = { ...DEFAULTS }
let identity = newCallIdentity()
let isSent = false
let form: Form

const linkStatus = statusLine()
const linkProblem = h('p', { class: 'pg-warning', role: 'status' })
const responseView = createResponseView()
const signatureView = createSignatureView((wrongSecret) => changeSettings({ wrongSecret }))
const rateLimitView = createRateLimitView(
  (limiter) => changeSettings({ limiter }),
  () => void runExclusively(burst),
)
const controls = createControls({
  onOperation: (id) => openDraft({ operation: id }),
  onExample: chooseExample,
  onSettings: changeSettings,
})
const requestView = createRequestView(controls.server)
const formContainer = h('div')
const sendButton = h('button', { type: 'submit', form: 'pg-form', class: 'primary' }, 'Send')

const readDraft = (): Draft => ({ operation, ...form.read(), settings })

const costOfDraft = (draft: Draft): number => costOf(operation, typedFields(draft))

/** Updates all views of the draft. */
function updateViews(): void {
  const draft = readDraft()
  requestView.update(draft, identity)
  signatureView.update(wireRequest(draft, identity))
  rateLimitView.update(operation, costOfDraft(draft))
}

/** Shows the next request, and what is wrong with it. The one that was sent is shown until something changes. */
function showNextRequest(): void {
  form.showReceipts()
  if (isSent) identity = newCallIdentity()
  isSent = false
  linkStatus.say('')
  updateViews()
  judge()
}

/** Shows what is off the contract and what is suspicious. A value that somebody is about to fill in is left alone. */
function judge(): void {
  const draft = readDraft()
  showViolations(validateDraft(draft).filter((violation) => !form.isBeingFilled(violation)))
  form.showSuspicions(suspicionsIn(draft))
}

function handleChange(): void {
  responseView.fade()
  linkProblem.hidden = true
  showNextRequest()
  saveInAddress(readDraft())
}

/** When the cursor has left a field. What an answer has said stays until something changes. */
const handleBlur = (): void =>
  afterPress(() => {
    if (!isSent) judge()
  })

function changeSettings(change: Partial<Settings>): void {
  settings = { ...settings, ...change }
  handleChange()
}

function chooseExample(name: string): void {
  fillExample(name)
  handleChange()
}

function fillExample(exampleName: string): void {
  const requiredHeaders = table.headers.filter(({ required }) => required)
  form.fill({
    fields: table.examples.find(({ name }) => name === exampleName)?.fields ?? {},
    headers: Object.fromEntries(requiredHeaders.map(({ name, example: [value = ''] }) => [name, value])),
  })
}

/** Makes the form of an operation, and fills it. */
function openDraft(draft: Partial<Draft> & { readonly operation: OperationId }): void {
  operation = draft.operation
  table = findOperation(operation).table
  settings = draft.settings ?? { ...settings, scenario: '' }
  form = createForm(operation, table, handleChange)
  replaceContent(formContainer, form.element)
  controls.update(operation, table, settings)
  signatureView.setWrongSecret(settings.wrongSecret)
  rateLimitView.setLimiter(settings.limiter)
  const { fields = {}, headers = {} } = draft
  if (Object.keys({ ...fields, ...headers }).length > 0) form.fill({ fields, headers })
  else fillExample(table.examples[0]?.name ?? '')
  responseView.fade()
  showNextRequest()
}

/** Opens what the address says: a draft, or a part of this page. */
function openAddress(): void {
  const part = document.getElementById(location.hash.slice(1))
  const urls = servers.map(({ url }) => url)
  const { draft, problems } = decodeLink(part ? '' : location.hash, urls)
  openDraft(draft ?? { operation: findOperation('').id })
  linkProblem.hidden = problems.length === 0
  const rest = draft ? 'The form has what could be read.' : 'The form has an example.'
  replaceContent(linkProblem, `This link is damaged: ${problems.join('; ')}. ${rest}`)
  part?.scrollIntoView()
}

const SIGNING_HEADERS = Object.values(security.headers).map((name) => name.toLowerCase())

const isSigningViolation = ({ field }: Violation): boolean => SIGNING_HEADERS.includes(field.toLowerCase())
const isRateLimitViolation = ({ keyword }: Violation): boolean => keyword === 'rate-limit'

/** Shows each violation where it belongs. */
function showViolations(violations: readonly Violation[]): void {
  const others = form.showViolations(violations)
  signatureView.showErrors(others.filter(isSigningViolation).map(({ message }) => message))
  rateLimitView.showErrors(others.filter(isRateLimitViolation).map(({ message }) => message))
}

/** The part of the page that a violation is about. */
function elementFor(violation: Violation): HTMLElement {
  if (isRateLimitViolation(violation)) return rateLimitView.element
  return isSigningViolation(violation) ? signatureView.element : formContainer
}

function focusViolation(violation: Violation): void {
  if (form.focusViolation(violation)) return
  elementFor(violation).querySelector<HTMLElement>('input, select, textarea')?.focus()
}

/** Explains why the answer is not the one that was chosen. */
function notesOn({ settings: { scenario, fault, delay } }: Draft, { answer }: CallResult): string[] {
  const isChosen = scenario !== '' || fault !== '' || delay > 0
  if (!isChosen || !answer || answer.violations.length === 0) return []
  return ['The answer that you chose is for calls on the contract. This one is not, so the mock gave its own.']
}

/** Runs one task at a time. An unexpected error is shown in place of the answer. */
async function runExclusively(task: () => Promise<void>): Promise<void> {
  if (sendButton.hasAttribute('aria-disabled')) return
  sendButton.setAttribute('aria-disabled', 'true')
  sendButton.textContent = 'Sending…'
  try {
    await task()
  } catch (error) {
    responseView.showMessage('The page failed', false, [error instanceof Error ? error.message : String(error)])
  } finally {
    sendButton.removeAttribute('aria-disabled')
    sendButton.textContent = 'Send'
  }
}

async function send(): Promise<void> {
  showNextRequest()
  const draft = readDraft()
  const result = await sendDraft(draft, identity)
  isSent = true
  showViolations(violationsIn(result))
  form.showReceipts(result.data)
  responseView.update(result, table, notesOn(draft, result), focusViolation)
  updateViews()
}

async function burst(): Promise<void> {
  const draft = readDraft()
  const size = burstSize(operation, costOfDraft(draft))
  responseView.showMessage(`Sending ${size} calls…`, true, [])
  const { headline, good, lines, violations } = await sendBurst(draft, size, updateViews)
  showViolations(violations)
  responseView.showMessage(headline, good, lines)
}

function start(root: Element): void {
  const submit = (event: Event) => {
    event.preventDefault()
    void runExclusively(send)
  }
  const copy = () => void copyLink(readDraft()).then(linkStatus.say)
  const copyButton = h('button', { type: 'button', class: 'pg-quiet', click: copy }, 'Copy link')
  const buttons = h('div', { class: 'pg-bar' }, sendButton, copyButton)
  const sending = h('div', { class: 'pg-sending' }, buttons, linkStatus.element, controls.sending)
  const formAttributes = { id: 'pg-form', novalidate: true, submit, focusout: handleBlur, 'aria-label': 'Call' }
  replaceContent(
    root,
    linkProblem,
    h(
      'div',
      { class: 'pg-call' },
      h('form', formAttributes, controls.start, formContainer),
      h('div', { class: 'pg-wire' }, requestView.element, sending, responseView.element),
    ),
    h('div', { class: 'pg-below' }, signatureView.element, rateLimitView.element),
    createHeaderCheckView(),
  )
  openAddress()
  addEventListener('hashchange', openAddress)
  // The worker is a large download, so it begins with the first sign of use.
  for (const type of ['pointerdown', 'keydown']) root.addEventListener(type, () => void wakeWorker(), { once: true })
}

const root = document.getElementById('playground')
if (root) start(root)
