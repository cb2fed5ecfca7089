/**
 * How the current request is signed, step by step.
 *
 * @module
 */
import { security } from '../../../../core/contract.js'
import { checkbox, errorBox, h, replaceContent } from './dom.js'
import { APP_SECRET, type WireRequest, WRONG_SECRET } from './draft.js'

/** The steps on the page. */
export interface SignatureView {
  readonly element: HTMLElement
  readonly update: (request: WireRequest) => void
  readonly setWrongSecret: (wrong: boolean) => void
  /** Shows what the mock says of the headers; nothing when the list is empty. */
  readonly showErrors: (messages: readonly string[]) => void
}

const partElement = (name: string, value: string): HTMLElement => h('code', { class: `pg-part pg-${name}` }, value)

/** A remark about the value of a part. */
const PART_NOTES: Readonly<Record<string, (value: string) => string>> = {
  appSecret: (value) => (value === APP_SECRET ? 'made up for this page' : 'not the one that the mock knows'),
  nonce: (value) => `${value.length} characters, new for each call`,
  timestamp: (value) => `milliseconds since 1970: ${new Date(Number(value)).toISOString()}`,
}

function partStep(name: string, value: string): HTMLElement {
  const label = name === 'appSecret' ? 'App Secret' : (security.headers[name] ?? name)
  const note = h('small', {}, PART_NOTES[name]?.(value) ?? '')
  return h('li', {}, h('b', {}, label), partElement(name, value), note)
}

function signingSteps({ parts }: WireRequest): HTMLElement[] {
  const signed = security.signs.map((name) => ({ name, value: parts[name] ?? '' }))
  const signature = parts[security.signature] ?? ''
  const header = `${security.headers[security.signature] ?? ''}: ${signature}`
  const joined = h('span', { class: 'pg-joined' }, ...signed.map(({ name, value }) => partElement(name, value)))
  const hashNote = h('small', {}, 'of the UTF-8 bytes, as lower-case hexadecimal digits')
  return [
    ...signed.map(({ name, value }) => partStep(name, value)),
    h('li', {}, h('b', {}, 'Join them'), joined, h('small', {}, 'with nothing between them')),
    h('li', {}, h('b', {}, 'SHA-1'), h('code', {}, signature), hashNote),
    h('li', {}, h('b', {}, 'Send it'), h('code', {}, header)),
  ]
}

/** @param onWrongSecretChange called when the wrong secret is switched on or off */
export function createSignatureView(onWrongSecretChange: (wrong: boolean) => void): SignatureView {
  const list = h('ol', { class: 'pg-steps' })
  const errors = errorBox('pg-signature-error')
  const label = `Sign with a wrong secret (${WRONG_SECRET})`
  const wrongSecret = checkbox(label, 'pg-signature-error', onWrongSecretChange)
  const title = h('h2', { id: 'pg-signature' }, 'Signature')
  const hint = 'Neither path nor body is signed: change a field, and the signature stays the same.'
  const parts = [title, h('p', { class: 'pg-hint' }, hint), wrongSecret.element, errors.element, list]
  return {
    element: h('section', { 'aria-labelledby': 'pg-signature' }, ...parts),
    update: (request) => replaceContent(list, ...signingSteps(request)),
    setWrongSecret: wrongSecret.setChecked,
    showErrors: errors.showErrors,
  }
}
