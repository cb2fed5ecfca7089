/**
 * The rate limit of an operation, as the stand-in counts it now.
 *
 * @module
 */
import { type OperationId, operations } from '../../../contract.js'
import { fill, h, tick } from './element.js'
import { used } from './stand.js'

/** Most calls of one burst. */
const MOST = 60

/** The meter on the page. */
export interface Meter {
  readonly element: HTMLElement
  /** Shows what the operation has used, and what the next call costs. */
  readonly update: (operation: OperationId, cost: number) => void
  /** Sets the switch. */
  readonly limiter: (on: boolean) => void
  /** Shows that the stand-in refused a call. */
  readonly blame: (messages: readonly string[]) => void
}

/** Calls at once that pass the limit by two. */
export const burstOf = (operation: OperationId, cost: number): number =>
  Math.min(MOST, Math.floor((operations[operation].rateLimit?.limit ?? 0) / Math.max(1, cost)) + 2)

/**
 * @param changed called when the switch is turned
 * @param burst sends so many calls at once
 */
export function createMeter(changed: (limiter: boolean) => void, burst: () => void): Meter {
  const bar = h('div', { class: 'pg-bar-fill' })
  const gauge = h('div', { class: 'pg-gauge', role: 'meter', 'aria-label': 'Rate limit', 'aria-valuemin': '0' }, bar)
  const words = h('p', { class: 'pg-hint' })
  const button = h('button', { type: 'button', class: 'pg-quiet', click: burst })
  const error = h('p', { class: 'pg-error' })
  const toggle = tick('The client keeps the rate limit: calls wait for their turn', true, changed)
  const box = toggle.querySelector('input')
  const element = h(
    'section',
    { 'aria-labelledby': 'pg-limit' },
    h('h2', { id: 'pg-limit' }, 'Rate limit'),
    gauge,
    words,
    error,
    toggle,
    button,
  )
  error.hidden = true
  let timer: ReturnType<typeof setInterval> | undefined
  let now: { operation: OperationId; cost: number } | undefined
  const draw = () => {
    const rule = now && operations[now.operation].rateLimit
    element.hidden = !rule
    if (!now || !rule) return
    const sum = used(now.operation)
    bar.style.width = `${Math.min(100, (100 * sum) / rule.limit)}%`
    gauge.setAttribute('aria-valuemax', String(rule.limit))
    gauge.setAttribute('aria-valuenow', String(Math.min(sum, rule.limit)))
    const text = `${sum} of ${rule.limit} messages in the last ${rule.period} ms. This call costs ${now.cost}.`
    if (words.textContent !== text) fill(words, text)
    // Only while something can change.
    if (sum > 0) timer ??= setInterval(draw, 50)
    else {
      clearInterval(timer)
      timer = undefined
    }
  }
  return {
    element,
    update: (operation, cost) => {
      now = { operation, cost }
      const calls = burstOf(operation, cost)
      fill(button, `Send ${calls} at once, ${calls * cost} messages`)
      draw()
    },
    limiter: (on) => {
      if (box) box.checked = on
    },
    blame: (messages) => {
      error.hidden = messages.length === 0
      fill(error, ...messages.map((message) => h('span', {}, message)))
    },
  }
}
