/**
 * The playground: a form, the request that it makes, and the answer of a mock in the same page.
 *
 * @module
 */
import { costOf, type OperationId, security, servers } from '../../../../core/contract.js'
import type { Violation } from '../../../../core/error.js'
import { copyLink, keep } from './address.js'
import { burstOf, sendBurst } from './burst.js'
import { createControls } from './controls.js'
import { fill, h } from './dom.js'
import { DEFAULTS, type Draft, draw, fieldsOf, requestOf, type Settings } from './draft.js'
import { known } from './embedded-table.js'
import { createForm, type Form } from './form.js'
import { type Sent, sendDraft, violationsOf } from './in-page-mock.js'
import { createMeter } from './rate-limit-view.js'
import { createRequestView } from './request-view.js'
import { createAnswerView } from './response-view.js'
import { draftOf } from './share-link.js'
import { createSignatureView } from './signature-view.js'

const said = h('p', { class: 'hidden', role: 'status' })
const say = (words: string) => fill(said, words)

let [operation, words] = [known('').id, known('').words]
let settings: Settings = { ...DEFAULTS }
let drawn = draw()
let drawnUsed = false
let blamed: readonly Violation[] = []
let form: Form

const answer = createAnswerView()
const signature = createSignatureView((wrong) => set({ wrong }))
const meter = createMeter(
  (limiter) => set({ limiter }),
  () => void busy(burst),
)
const controls = createControls({ operation: (id) => open({ operation: id }), example: useExample, settings: set })
const request = createRequestView(controls.server, say)
const place = h('div')
const button = h('button', { type: 'submit', form: 'pg-form', class: 'primary' }, 'Send')

const read = (): Draft => ({ operation, ...form.read(), settings })

/** Everything that shows the draft. */
function update(): void {
  const draft = read()
  request.update(draft, drawn)
  signature.update(requestOf(draft, drawn))
  meter.update(operation, costOf(operation, fieldsOf(draft)))
}

/** What was sent is shown until something changes; then it is the next request. */
function renew(): void {
  form.tell()
  if (drawnUsed) drawn = draw()
  drawnUsed = false
  update()
}

/** A change of a field: what was wrong and is right now is wrong no longer. */
function changed(): void {
  if (blamed.length > 0) {
    const still = violationsOf(read())
    const same = (one: Violation) => still.find(({ field, keyword }) => field === one.field && keyword === one.keyword)
    blame(blamed.flatMap((one) => same(one) ?? []))
  }
  renew()
  keep(read())
}

/** Any other change. */
function restart(): void {
  blame([])
  renew()
  keep(read())
}

function set(change: Partial<Settings>): void {
  settings = { ...settings, ...change }
  restart()
}

function useExample(name: string): void {
  fillExample(name)
  restart()
}

function fillExample(name: string): void {
  const must = words.headers.filter(({ required }) => required)
  form.write({
    fields: words.examples.find((one) => one.name === name)?.fields ?? {},
    headers: Object.fromEntries(must.map(({ name, example: [text = ''] }) => [name, text])),
  })
}

/** Makes the form of an operation, and fills it. */
function open(draft: Partial<Draft> & { readonly operation: OperationId }): void {
  operation = draft.operation
  ;({ words } = known(operation))
  settings = draft.settings ?? { ...settings, scenario: '' }
  form = createForm(operation, words, changed)
  fill(place, form.element)
  controls.update(operation, words, settings)
  signature.wrong(settings.wrong)
  meter.limiter(settings.limiter)
  if (draft.fields) form.write({ fields: draft.fields, headers: draft.headers ?? {} })
  else fillExample(words.examples[0]?.name ?? '')
  blame([])
  renew()
}

const SIGNING = Object.values(security.headers).map((name) => name.toLowerCase())

/** Shows each violation where it belongs. */
function blame(violations: readonly Violation[]): void {
  blamed = violations
  const others = form.blame(violations)
  const of = (fits: (one: Violation) => boolean) => others.filter(fits).map(({ message }) => message)
  signature.blame(of(({ field }) => SIGNING.includes(field.toLowerCase())))
  meter.blame(of(({ keyword }) => keyword === 'rate-limit'))
}

function show(violation: Violation): void {
  if (form.show(violation)) return
  const signing = SIGNING.includes(violation.field.toLowerCase())
  const part = violation.keyword === 'rate-limit' ? meter.element : signing ? signature.element : place
  part.querySelector<HTMLElement>('input, select, textarea')?.focus()
}

/** What a person may wonder about. */
function notesOn({ settings: { scenario } }: Draft, { answer }: Sent): string[] {
  const asked = words.answers.find(({ name }) => name === scenario)
  const other = asked && answer && answer.violations.length > 0
  return other ? [`The answer you chose, “${asked.summary}”, is for calls on the contract. This one is not.`] : []
}

/** One thing at a time; what nobody foresaw is shown as the answer. */
async function busy(work: () => Promise<void>): Promise<void> {
  if (button.hasAttribute('aria-disabled')) return
  button.setAttribute('aria-disabled', 'true')
  try {
    await work()
  } catch (error) {
    answer.tell('The page failed', false, [error instanceof Error ? error.message : String(error)])
  } finally {
    button.removeAttribute('aria-disabled')
  }
}

async function send(): Promise<void> {
  renew()
  const draft = read()
  const sent = await sendDraft(draft, drawn)
  drawnUsed = true
  blame(sent.error?.violations.length ? sent.error.violations : (sent.answer?.violations ?? []))
  form.tell(sent.data)
  answer.update(sent, words, notesOn(draft, sent), show)
  update()
}

async function burst(): Promise<void> {
  const draft = read()
  const calls = burstOf(operation, costOf(operation, fieldsOf(draft)))
  answer.tell(`Sending ${calls} calls…`, true, [])
  const { headline, good, lines, violations } = await sendBurst(draft, calls, update)
  blame(violations)
  answer.tell(headline, good, lines)
}

function start(root: Element): void {
  const submit = (event: Event) => {
    event.preventDefault()
    void busy(send)
  }
  const copy = () => void copyLink(read()).then(say)
  const link = h('button', { type: 'button', class: 'pg-quiet', click: copy }, 'Copy link')
  const sending = h('div', { class: 'pg-sending' }, h('div', { class: 'pg-bar' }, button, link), controls.sending)
  fill(
    root,
    h('form', { id: 'pg-form', novalidate: true, submit, 'aria-label': 'Call' }, controls.start, place),
    h('div', { class: 'pg-wire' }, request.element, sending, answer.element),
    h('div', { class: 'pg-below' }, signature.element, meter.element),
    said,
  )
  const urls = servers.map(({ url }) => url)
  const arrive = () => open(draftOf(location.hash, urls) ?? { operation: known('').id })
  arrive()
  addEventListener('hashchange', arrive)
}

const root = document.getElementById('playground')
if (root) start(root)
