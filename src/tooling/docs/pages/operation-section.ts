/**
 * What the first page says of one operation.
 *
 * @module
 */
import { encodeForm } from '../../../core/form.js'
import type { Signing } from '../content/api.js'
import type { Field } from '../content/fields.js'
import type { Call, Failure, MessageType } from '../content/operations.js'
import { blocks, escaped, line } from '../html.js'
import { block, highlighted, tabs } from './code-block.js'
import { assumptions, fields, row, rows, section, tag } from './components.js'

/** What the request looks like on the wire, with the vector's values where the spec has one. */
function wire(call: Call, host: string, signing: Signing | undefined): string {
  const form = call.examples[0]?.value as Record<string, unknown>
  const own = call.headers.filter((one) => one.required).map((one) => [one.name, one.examples[0] ?? ''])
  const signed = (signing?.headers ?? []).map(({ id, header }) => [header, signing?.vector?.[id] ?? '…'])
  const headers = [['Host', host], ...signed, ...own, ['Content-Type', 'application/x-www-form-urlencoded']]
  const head = [`${call.method} ${call.path} HTTP/1.1`, ...headers.map(([name, value]) => `${name}: ${value}`)]
  return `${head.join('\n')}\n\n${encodeForm(form).replaceAll('&', '\n  &')}`
}

function samples(call: Call, host: string, signing: Signing | undefined): string {
  const all = call.samples.map(({ label, lang, source }) => ({
    label,
    html: block(highlighted(source.trimEnd(), lang), `${label}: ${call.summary}`),
  }))
  const raw = { label: 'HTTP', html: block(escaped(wire(call, host, signing)), `HTTP: ${call.summary}`) }
  const note =
    all.length > 0
      ? '<p class="source">Each sample takes <code>RONGCLOUD_BASE_URL</code>, <code>RONGCLOUD_APP_KEY</code> and <code>RONGCLOUD_APP_SECRET</code> from the environment. The base URL is <code>https://</code> and <a href="#hosts">the host of your region</a>.</p>'
      : ''
  return tabs(`${call.id}-code`, 'Language of the sample', [...all, raw]) + note
}

function opening(call: Call): string {
  const list = (title: string, name: string, all: readonly string[]) =>
    all.length === 0
      ? ''
      : `<div class="${name}"><h3>${title}</h3><ul>${all.map((one) => `<li>${line(one)}</li>`).join('')}</ul></div>`
  return list('It is', 'is', call.is) + list('It is not', 'is-not', call.isNot) || blocks(call.description)
}

/** The assumptions of a field and of those beneath it, with its name in front. */
const within = (field: Field): string[] => [
  ...field.assumptions.map((one) => `\`${field.name}\`: ${one}`),
  ...field.fields.flatMap(within),
]

function typeRow(type: MessageType, call: Call): string {
  const needs = type.fields.filter((one) => one.required).map((one) => `<code>${escaped(one.name)}</code>`)
  const state = [tag(type.counted ? 'counted' : 'not counted'), tag(type.stored ? 'stored' : 'not stored')].join(' ')
  const said = `<p>${line(type.description)}${needs.length > 0 ? ` Needs ${needs.join(', ')}.` : ''}</p>`
  const example =
    type.status && type.example ? block(highlighted(type.example, ''), `Content of ${type.name}: ${call.summary}`) : ''
  return row(
    `<code>${escaped(type.name)}</code><span class="type">${state}</span>`,
    said + example + assumptions([...type.assumptions, ...type.fields.flatMap(within)]),
  )
}

/** Those fit for status messages in full, all others folded. */
function types(call: Call): string {
  const fit = call.types.filter((one) => one.status)
  const others = call.types.filter((one) => !one.status)
  if (call.types.length === 0) return ''
  const all = (types: readonly MessageType[]) =>
    rows(
      types.map((type) => typeRow(type, call)),
      'types',
    )
  const folded = `<details><summary>${fit.length > 0 ? `The ${others.length} other predefined types` : `${others.length} predefined types`}</summary>${all(others)}</details>`
  return `<p>"Counted" and "stored" say what the receiving client does with a message of the type.</p>
${fit.length > 0 ? `<h4>Made for status messages</h4>${all(fit)}` : ''}${others.length > 0 ? folded : ''}`
}

function failures(call: Call): string {
  const one = (failure: Failure) =>
    row(
      `<code class="big">${escaped(failure.code)}</code><span class="type">HTTP ${failure.status}</span>`,
      `<p><strong>${line(capital(failure.summary))}.</strong> ${line(failure.description)}</p>` +
        (failure.retry ? `<p class="again"><span>Send again?</span> ${failure.retry}</p>` : '') +
        assumptions(failure.assumptions),
      `${call.id}.${failure.name}`,
    )
  return rows(call.failures.map(one), 'failures')
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1)

function answer(call: Call): string {
  const { status, description, fields: all, examples } = call.success
  const shown = examples.map(
    (one) =>
      `<figure><figcaption>${line(one.summary)}</figcaption>${block(highlighted(JSON.stringify(one.value, null, 2), ''), one.summary)}</figure>`,
  )
  return `<p>HTTP ${escaped(status)}. ${line(description)}</p>\n${fields(all, `${call.id}.answer`)}${shown.join('')}`
}

const PERIODS: Readonly<Record<number, string>> = { 1000: 'a second', 60000: 'a minute', 3600000: 'an hour' }

function rate(call: Call): string {
  if (!call.rate) return ''
  const { limit, period, cost, assumptions: own } = call.rate
  const price = cost
    ? `<p>Each value of <code>${escaped(cost)}</code> counts as one, so a call may cost several.</p>`
    : ''
  return `<p class="figure"><strong>${limit}</strong> messages ${PERIODS[period] ?? `in ${period} ms`}, for each App Key.</p>${price}${assumptions(own)}`
}

/** The sections of one operation, with their ids and titles for the table of contents. */
export function callSections(
  call: Call,
  host: string,
  signing: Signing | undefined,
): { readonly html: string; readonly toc: readonly (readonly [string, string])[] } {
  const parts = [
    ['fields', 'The request, field by field', `<p>${line(call.body)}</p>${fields(call.fields, call.id)}`],
    ['headers', 'More headers', fields(call.headers, `${call.id}.header`)],
    ['types', 'Message types', types(call)],
    ['answer', 'The answer', answer(call)],
    ['errors', 'Errors, and what to do', failures(call)],
    ['rate', 'Rate limit', rate(call)],
  ] as const
  const docs = call.docs
    ? `<p class="source">The source: <a href="${escaped(call.docs.url)}">${escaped(call.docs.words)}</a></p>`
    : ''
  const html = `<section class="call" aria-labelledby="${call.id}">
<div class="opening">
<div>
<h2 id="${call.id}"><a href="#${call.id}">${line(call.summary)}</a></h2>
<p class="endpoint"><b>${call.method}</b> <code>${escaped(call.path)}</code></p>
${opening(call)}${docs}
</div>
<div class="samples">${samples(call, host, signing)}</div>
</div>
${parts.map(([name, title, body]) => section(`${call.id}-${name}`, title, body, 3)).join('')}</section>
`
  const toc = parts.filter(([, , body]) => body !== '').map(([name, title]) => [`${call.id}-${name}`, title] as const)
  return { html, toc: [[call.id, call.summary], ...toc] }
}
