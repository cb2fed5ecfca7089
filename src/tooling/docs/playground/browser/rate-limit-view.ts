/**
 * The rate limit of an operation, as the mock counts it now.
 *
 * @module
 */
import { type OperationId, operations } from '../../../../core/contract.js'
import { burstOf } from './burst.js'
import { blameBox, fill, h, tick } from './dom.js'
import { used } from './in-page-mock.js'

/** The meter on the page. */
export interface Meter {
  readonly element: HTMLElement
  /** Shows what the operation has used, and what the next call costs. */
  readonly update: (operation: OperationId, cost: number) => void
  /** Sets the switch. */
  readonly limiter: (on: boolean) => void
  /** Shows that the mock refused a call. */
  readonly blame: (messages: readonly string[]) => void
}

/** A bar that fills. */
function createGauge(): { element: HTMLElement; show: (value: number, most: number) => void } {
  const bar = h('div')
  const element = h('div', { class: 'pg-gauge', role: 'meter', 'aria-label': 'Rate limit', 'aria-valuemin': '0' }, bar)
  const show = (value: number, most: number) => {
    bar.style.width = `${Math.min(100, (100 * value) / most)}%`
    element.setAttribute('aria-valuemax', String(most))
    element.setAttribute('aria-valuenow', String(Math.min(value, most)))
  }
  return { element, show }
}

/**
 * @param changed called when the switch is turned
 * @param burst sends many calls at once
 */
export function createMeter(changed: (limiter: boolean) => void, burst: () => void): Meter {
  const gauge = createGauge()
  const words = h('p', { class: 'pg-hint' })
  const button = h('button', { type: 'button', class: 'pg-quiet', click: burst })
  const { element: error, blame } = blameBox('pg-limit-error')
  const toggle = tick('The client keeps the rate limit: calls wait for their turn', 'pg-limit-error', changed)
  const title = h('h2', { id: 'pg-limit' }, 'Rate limit')
  const hint = h('p', { class: 'pg-hint' }, 'Let them not wait, and the mock refuses what is too much.')
  const parts = [title, gauge.element, words, error, toggle.element, button, hint]
  const element = h('section', { 'aria-labelledby': 'pg-limit' }, ...parts)
  let timer: ReturnType<typeof setInterval> | undefined
  let [operation, cost]: [OperationId | undefined, number] = [undefined, 0]
  const draw = () => {
    const rule = operation && operations[operation].rateLimit
    element.hidden = !rule
    if (!operation || !rule) return
    const sum = used(operation)
    gauge.show(sum, rule.limit)
    const text = `${sum} of ${rule.limit} messages in the last ${rule.period} ms. This call costs ${cost}.`
    if (words.textContent !== text) fill(words, text)
    // Only while something can change.
    if (sum > 0) timer ??= setInterval(draw, 50)
    else timer = clearInterval(timer) as undefined
  }
  return {
    element,
    update: (...now) => {
      ;[operation, cost] = now
      const calls = burstOf(...now)
      fill(button, `Send ${calls} at once, ${calls * cost} messages`)
      draw()
    },
    limiter: toggle.set,
    blame,
  }
}
