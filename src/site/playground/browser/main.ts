/**
 * The playground: a form, the request that it makes, and the answer of a stand-in in the same page.
 *
 * @module
 */
import { type OperationId, security, servers } from '../../../contract.js'
import { type Breach, isRongCloudError } from '../../../errors.js'
import { createAnswerView } from './answer.js'
import { DEFAULTS, type Draft, draw, fieldsOf, requestOf, type Settings } from './call.js'
import { createControls } from './controls.js'
import { fill, h } from './element.js'
import { createForm, type Form } from './form.js'
import { known } from './known.js'
import { draftOf, linkOf } from './link.js'
import { burstOf, createMeter } from './meter.js'
import { createRequestView } from './request.js'
import { createSignatureView } from './signature.js'
import { breachesOf, costOf, type Sent, sendDraft } from './stand.js'

/** Longer addresses are not kept: some programs cut them. */
const LONGEST_LINK = 8_000

const URLS = servers.map(({ url }) => url)
const said = h('p', { class: 'hidden', role: 'status' })
const say = (words: string) => fill(said, words)

let [operation, words] = [known('').id, known('').words]
let settings: Settings = { ...DEFAULTS }
let drawn = draw()
let drawnUsed = false
let blamed: readonly Breach[] = []

const answer = createAnswerView()
const signature = createSignatureView((wrong) => set({ wrong }))
const meter = createMeter(
  (limiter) => set({ limiter }),
  () => void burst(),
)
const controls = createControls({ operation: (id) => open({ operation: id }), example: useExample, settings: set })
const request = createRequestView(controls.server, say)
const place = h('div', {})
let form: Form

const read = (): Draft => ({ operation, ...form.read(), settings })

/** Everything that shows the draft. */
function update(): void {
  const draft = read()
  request.update(draft, drawn)
  signature.update(requestOf(draft, drawn))
  meter.update(operation, costOf(operation, fieldsOf(draft)))
  keep(draft)
}

let keeping: ReturnType<typeof setTimeout> | undefined
/** Keeps the draft in the address, a moment later: browsers refuse to do it often. */
function keep(draft: Draft): void {
  clearTimeout(keeping)
  keeping = setTimeout(() => {
    const link = linkOf(draft)
    history.replaceState(undefined, '', link.length > LONGEST_LINK ? location.pathname : `#${link}`)
  }, 300)
}

/** A change by hand: what was wrong and is right now is wrong no longer. */
function changed(): void {
  if (blamed.length > 0) {
    const still = breachesOf(read())
    const same = (one: Breach) => still.find(({ field, keyword }) => field === one.field && keyword === one.keyword)
    blame(blamed.flatMap((one) => same(one) ?? []))
  }
  renew()
  update()
}

/** A request that was sent is shown until something changes; then the next one is. */
function renew(): void {
  if (!drawnUsed) return
  drawn = draw()
  drawnUsed = false
}

function set(change: Partial<Settings>): void {
  settings = { ...settings, ...change }
  blame([])
  renew()
  update()
}

/** Fills the form. */
function open(draft: Partial<Draft> & { readonly operation: OperationId }): void {
  operation = draft.operation
  ;({ words } = known(operation))
  settings = draft.settings ?? { ...settings, scenario: '' }
  form = createForm(operation, words, changed)
  fill(place, form.element)
  controls.update(operation, words, settings)
  signature.wrong(settings.wrong)
  meter.limiter(settings.limiter)
  blame([])
  if (draft.fields) form.write({ fields: draft.fields, headers: draft.headers ?? {} })
  else fillExample(words.examples[0]?.name ?? '')
  renew()
  update()
}

function fillExample(name: string): void {
  const must = words.headers.filter(({ required }) => required)
  form.write({
    fields: words.examples.find((one) => one.name === name)?.fields ?? {},
    headers: Object.fromEntries(must.map(({ name, example: [text = ''] }) => [name, text])),
  })
}

function useExample(name: string): void {
  fillExample(name)
  blame([])
  renew()
  update()
}

const SIGNING = Object.values(security.headers).map((name) => name.toLowerCase())

/** Shows each breach where it belongs. */
function blame(breaches: readonly Breach[]): void {
  blamed = breaches
  const others = form.blame(breaches)
  const of = (fits: (one: Breach) => boolean) => others.filter(fits).map(({ message }) => message)
  signature.blame(of(({ field }) => SIGNING.includes(field.toLowerCase())))
  meter.blame(of(({ keyword }) => keyword === 'rate-limit'))
}

function show(breach: Breach): void {
  if (form.show(breach)) return
  const section = breach.keyword === 'rate-limit' ? meter : signature
  section.element.querySelector('input')?.focus()
}

/** What a person may wonder about. */
function notesOn(draft: Draft, { answer }: Sent): string[] {
  const name = draft.settings.scenario
  const asked = words.answers.find((one) => one.name === name)
  return asked && answer && answer.breaches.length > 0
    ? [`The answer you chose, “${asked.summary}”, is for calls on the contract. This one is not.`]
    : []
}

const button = h('button', { type: 'submit', form: 'pg-form', class: 'primary' }, 'Send')

/** Nothing is lost when something unforeseen happens: it is shown as the answer. */
async function busy(work: () => Promise<void>): Promise<void> {
  if (button.getAttribute('aria-disabled') === 'true') return
  button.setAttribute('aria-disabled', 'true')
  try {
    await work()
  } catch (error) {
    answer.tell('The page failed', false, error instanceof Error ? error.message : String(error))
  } finally {
    button.removeAttribute('aria-disabled')
  }
}

const send = () =>
  busy(async () => {
    renew()
    update()
    const draft = read()
    const sent = await sendDraft(draft, drawn)
    drawnUsed = true
    blame(sent.error?.breaches.length ? sent.error.breaches : (sent.answer?.breaches ?? []))
    answer.update(sent, words, notesOn(draft, sent), show)
    update()
  })

/** Many calls at once. */
const burst = () =>
  busy(async () => {
    const draft = { ...read(), settings: { ...settings, scenario: '' } }
    const calls = burstOf(operation, costOf(operation, fieldsOf(draft)))
    answer.tell(`Sending ${calls} calls…`, true)
    const start = performance.now()
    const each = Array.from({ length: calls }, async () => {
      const sent = await sendDraft({ ...draft, headers: withoutId(draft) }, draw())
      update()
      return sent
    })
    const all = await Promise.all(each)
    const accepted = all.filter(({ error }) => !error)
    const refused = all.flatMap(({ error }) => (isRongCloudError(error) ? [error] : []))
    const waits = Math.round(Math.max(...all.map(({ wait }) => wait)))
    blame(all.flatMap(({ answer }) => answer?.breaches ?? []).slice(0, 1))
    answer.tell(
      `${accepted.length} of ${calls} calls accepted`,
      refused.length === 0,
      ...[...new Set(refused.map(({ message }) => message))],
      `All of it took ${Math.round(performance.now() - start)} ms. The longest wait for a turn was ${waits} ms.`,
    )
  })

/** Each call of a burst has a request id of its own. */
const withoutId = ({ headers }: Draft) =>
  Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'x-request-id'))

async function copyLink(): Promise<void> {
  const link = linkOf(read())
  if (link.length > LONGEST_LINK) return say('This request is too long for a link.')
  history.replaceState(undefined, '', `#${link}`)
  await navigator.clipboard.writeText(location.href).then(
    () => say('Link copied'),
    () => say('The link is in the address bar.'),
  )
}

function start(root: Element): void {
  const submit = (event: Event) => {
    event.preventDefault()
    void send()
  }
  const element = h('form', { id: 'pg-form', novalidate: true, submit }, controls.start, place)
  const link = h('button', { type: 'button', class: 'pg-quiet', click: () => void copyLink() }, 'Copy link')
  const sending = h('div', { class: 'pg-sending' }, h('div', { class: 'pg-bar' }, button, link), controls.sending)
  fill(
    root,
    h('div', { class: 'pg-form' }, h('h2', { class: 'hidden' }, 'Fields'), element),
    h('div', { class: 'pg-wire' }, request.element, sending, answer.element),
    h('div', { class: 'pg-below' }, signature.element, meter.element),
    said,
  )
  const arrive = () => open(draftOf(location.hash, URLS) ?? { operation: known('').id })
  arrive()
  addEventListener('hashchange', arrive)
}

const root = document.getElementById('playground')
if (root) start(root)
