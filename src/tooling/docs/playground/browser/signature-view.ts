/**
 * The signature of the request at hand, step by step.
 *
 * @module
 */
import { security } from '../../../../core/contract.js'
import { blameBox, fill, h, tick } from './dom.js'
import { APP_SECRET, type WireRequest, WRONG_SECRET } from './draft.js'

/** The steps on the page. */
export interface SignatureView {
  readonly element: HTMLElement
  readonly update: (request: WireRequest) => void
  /** Sets the switch. */
  readonly wrong: (wrong: boolean) => void
  /** Shows what the mock says of the headers; nothing when the list is empty. */
  readonly blame: (messages: readonly string[]) => void
}

const part = (name: string, value: string) => h('code', { class: `pg-part pg-${name}` }, value)

/** What there is to know of a part. */
const NOTES: Readonly<Record<string, (value: string) => string>> = {
  appSecret: (value) => (value === APP_SECRET ? 'made up for this page' : 'not the one that the mock knows'),
  nonce: (value) => `${value.length} characters, new for each call`,
  timestamp: (value) => `milliseconds since 1970: ${new Date(Number(value)).toISOString()}`,
}

function described(name: string, value: string): Node[] {
  const label = name === 'appSecret' ? 'App Secret' : (security.headers[name] ?? name)
  return [h('b', {}, label), part(name, value), h('small', {}, NOTES[name]?.(value) ?? '')]
}

function steps({ parts }: WireRequest): Node[] {
  const joined = security.signs.map((name) => part(name, parts[name] ?? ''))
  const name = security.headers[security.signature] ?? ''
  const signature = h('code', {}, parts[security.signature] ?? '')
  return [
    ...security.signs.map((one) => h('li', {}, ...described(one, parts[one] ?? ''))),
    h(
      'li',
      {},
      h('b', {}, 'Join them'),
      h('span', { class: 'pg-joined' }, ...joined),
      h('small', {}, 'nothing between'),
    ),
    h('li', {}, h('b', {}, 'SHA-1'), signature, h('small', {}, 'of the UTF-8 bytes, as lower-case hexadecimal digits')),
    h('li', {}, h('b', {}, 'Send it'), h('code', {}, `${name}: ${parts[security.signature]}`)),
  ]
}

/** @param changed called when the switch is turned */
export function createSignatureView(changed: (wrong: boolean) => void): SignatureView {
  const list = h('ol', { class: 'pg-steps' })
  const { element: error, blame } = blameBox('pg-signature-error')
  const toggle = tick(`Sign with a wrong secret (${WRONG_SECRET})`, 'pg-signature-error', changed)
  const title = h('h2', { id: 'pg-signature' }, 'Signature')
  const hint = 'Neither path nor body is signed: change a field, and the signature stays.'
  const parts = [title, h('p', { class: 'pg-hint' }, hint), toggle.element, error, list]
  return {
    element: h('section', { 'aria-labelledby': 'pg-signature' }, ...parts),
    update: (request) => fill(list, ...steps(request)),
    wrong: toggle.set,
    blame,
  }
}
