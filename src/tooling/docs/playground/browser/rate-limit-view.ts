/**
 * The rate limit of an operation, as the mock counts it now.
 *
 * @module
 */
import { type OperationId, operations } from '../../../../core/contract.js'
import { count } from '../../../../core/phrases.js'
import { burstSize } from './burst.js'
import { checkbox, errorBox, h, replaceContent } from './dom.js'
import { countedMessages } from './in-page-mock.js'

/** The view on the page. */
export interface RateLimitView {
  readonly element: HTMLElement
  /** Shows how much of the limit the operation has used, and what the next call costs. */
  readonly update: (operation: OperationId, cost: number) => void
  readonly setLimiter: (on: boolean) => void
  /** Shows that the mock refused a call. */
  readonly showErrors: (messages: readonly string[]) => void
}

const REFRESH_MS = 50

/** A bar that fills. */
function createGauge(): { element: HTMLElement; setGauge: (value: number, max: number) => void } {
  const bar = h('div')
  const element = h('div', { class: 'pg-gauge', role: 'meter', 'aria-label': 'Rate limit', 'aria-valuemin': '0' }, bar)
  const setGauge = (value: number, max: number) => {
    bar.style.width = `${Math.min(100, (100 * value) / max)}%`
    element.setAttribute('aria-valuemax', String(max))
    element.setAttribute('aria-valuenow', String(Math.min(value, max)))
  }
  return { element, setGauge }
}

/**
 * @param onLimiterChange called when the client's limiter is switched on or off
 * @param sendBurst sends many calls at once
 */
export function createRateLimitView(onLimiterChange: (limiter: boolean) => void, sendBurst: () => void): RateLimitView {
  const gauge = createGauge()
  const usage = h('p', { class: 'pg-hint' })
  const button = h('button', { type: 'button', class: 'pg-quiet', click: sendBurst })
  const errors = errorBox('pg-limit-error')
  const limiterLabel = 'The client keeps the rate limit: calls wait for their turn'
  const limiter = checkbox(limiterLabel, 'pg-limit-error', onLimiterChange)
  const title = h('h2', { id: 'pg-limit' }, 'Rate limit')
  const hint = h('p', { class: 'pg-hint' }, 'Switch it off, and the mock refuses the calls above the limit.')
  const parts = [title, gauge.element, usage, errors.element, limiter.element, button, hint]
  const element = h('section', { 'aria-labelledby': 'pg-limit' }, ...parts)
  let timer: ReturnType<typeof setInterval> | undefined
  let next: { readonly operation: OperationId; readonly cost: number } | undefined
  const render = () => {
    const rateLimit = next && operations[next.operation].rateLimit
    element.hidden = !rateLimit
    if (!next || !rateLimit) return
    const { limit, period, unit = 'calls' } = rateLimit
    const used = countedMessages(next.operation)
    gauge.setGauge(used, limit)
    const text = `${used} of ${count(limit, unit)} in the last ${period} ms. This call costs ${next.cost}.`
    if (usage.textContent !== text) replaceContent(usage, text)
    if (used > 0) {
      timer ??= setInterval(render, REFRESH_MS)
    } else {
      clearInterval(timer)
      timer = undefined
    }
  }
  return {
    element,
    update: (operation, cost) => {
      next = { operation, cost }
      const size = burstSize(operation, cost)
      const unit = operations[operation].rateLimit?.unit ?? 'calls'
      replaceContent(button, `Send ${size} at once, ${count(size * cost, unit)}`)
      render()
    },
    setLimiter: limiter.setChecked,
    showErrors: errors.showErrors,
  }
}
