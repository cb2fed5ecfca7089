/**
 * The section of the guide about one operation.
 *
 * @module
 */
import { FORM } from '../../../core/contract.js'
import { encodeForm } from '../../../core/form.js'
import type { Signing } from '../content/api.js'
import type { Field, Unconfirmed } from '../content/fields.js'
import type { ApiOperation, MessageType } from '../content/operations.js'
import { escapeHtml, markdownBlocks, markdownInline } from '../html.js'
import { assumptionsHtml } from './assumptions.js'
import { codeBlock, highlightCode, tabsHtml } from './code-block.js'
import { fieldsHtml, rowHtml, rowsHtml, sectionHtml, tagHtml } from './components.js'
import { errorTable, type SharedError } from './errors.js'
import { headingHtml } from './heading.js'
import { generatedMarkdown } from './markdown-page.js'

/** The request on the wire, signed with the values of the published vector where the spec has one. */
function httpExample(operation: ApiOperation, host: string, signing: Signing | undefined): string {
  const { method, path, headers, examples, takesForm } = operation
  const signingHeaders = (signing?.headers ?? []).map(({ id, header }) => [header, signing?.vector?.[id] ?? '…'])
  const requiredHeaders = headers
    .filter(({ required }) => required)
    .map(({ name, examples: [value = ''] }) => [name, value])
  const mediaType = takesForm ? [['Content-Type', FORM]] : []
  const lines = [['Host', host], ...signingHeaders, ...requiredHeaders, ...mediaType].map(
    ([name, value]) => `${name}: ${value}`,
  )
  const head = `${method} ${path} HTTP/1.1\n${lines.join('\n')}`
  if (!takesForm) return head
  // The example of a form is an object: the linter checks it against the form's schema.
  const form = examples[0]?.value as Record<string, unknown>
  return `${head}\n\n${encodeForm(form).replaceAll('&', '\n  &')}`
}

const SAMPLES_NOTE =
  '<p class="source">Each sample reads <code>RONGCLOUD_BASE_URL</code>, <code>RONGCLOUD_APP_KEY</code> and <code>RONGCLOUD_APP_SECRET</code> from the environment. The base URL is <code>https://</code> and <a href="#hosts">the host of your region</a>.</p>'

function samplesHtml(operation: ApiOperation, host: string, signing: Signing | undefined): string {
  const tabs = operation.samples.map(({ label, lang, source }) => ({
    label,
    html: codeBlock(highlightCode(source.trimEnd(), lang), `${label}: ${operation.summary}`),
  }))
  const wire = escapeHtml(httpExample(operation, host, signing))
  const wireTab = { label: 'HTTP', html: codeBlock(wire, `HTTP: ${operation.summary}`) }
  const html = tabsHtml(`${operation.id}-code`, 'Language of the sample', [...tabs, wireTab])
  return html + (tabs.length > 0 ? SAMPLES_NOTE : '')
}

function factList(title: string, className: string, facts: readonly string[]): string {
  if (facts.length === 0) return ''
  const items = facts.map((fact) => `<li>${markdownInline(fact)}</li>`)
  return `<div class="${className}"><h3>${title}</h3><ul>${items.join('')}</ul></div>`
}

function openingHtml({ is, isNot, description }: ApiOperation): string {
  const facts = factList('It is', 'is', is) + factList('It is not', 'is-not', isNot)
  return facts || markdownBlocks(description)
}

/** The assumptions of a field and of those beneath it, with its name in front. */
const fieldAssumptions = (field: Field): Unconfirmed[] => [
  ...field.assumptions.map(({ text, settles }) => ({ text: `\`${field.name}\`: ${text}`, settles })),
  ...field.fields.flatMap(fieldAssumptions),
]

function messageTypeRow(type: MessageType, operation: ApiOperation): string {
  const required = type.fields.filter((field) => field.required).map(({ name }) => `<code>${escapeHtml(name)}</code>`)
  const tags = `${tagHtml(type.counted ? 'counted' : 'not counted')} ${tagHtml(type.stored ? 'stored' : 'not stored')}`
  const needs = required.length > 0 ? ` Needs ${required.join(', ')}.` : ''
  const example =
    type.status && type.example
      ? codeBlock(highlightCode(type.example, 'json'), `Content of ${type.name}: ${operation.summary}`)
      : ''
  return rowHtml(
    `<code>${escapeHtml(type.name)}</code><span class="type">${tags}</span>`,
    `<p>${markdownInline(type.description)}${needs}</p>${example}${assumptionsHtml([...type.assumptions, ...type.fields.flatMap(fieldAssumptions)])}`,
  )
}

/** The types made for status messages, and all others folded. */
function messageTypesHtml(operation: ApiOperation): string {
  const { messageTypes } = operation
  if (messageTypes.length === 0) return ''
  const rowsOf = (types: readonly MessageType[]) =>
    rowsHtml(
      types.map((type) => messageTypeRow(type, operation)),
      'types',
    )
  const status = messageTypes.filter((type) => type.status)
  const others = messageTypes.filter((type) => !type.status)
  const count = status.length > 0 ? `The ${others.length} other` : others.length
  return [
    '<p>"Counted" and "stored" say what the receiving client does with a message of the type.</p>\n',
    status.length > 0 ? `<h4>Made for status messages</h4>${rowsOf(status)}` : '',
    others.length > 0 ? `<details><summary>${count} predefined types</summary>${rowsOf(others)}</details>` : '',
  ].join('')
}

const errorsHtml = ({ id, errors }: ApiOperation, all: readonly SharedError[]): string =>
  errors.length === 0
    ? ''
    : `${generatedMarkdown(errorTable(id, all, '../errors/'))}<p>The <a href="../errors/">page of error codes</a> says why each happens and how to find out.</p>`

function answerHtml({ id, success }: ApiOperation): string {
  const { status, description, fields, examples } = success
  const figures = examples.map(({ summary, value }) => {
    const code = codeBlock(highlightCode(JSON.stringify(value, null, 2), 'json'), summary)
    return `<figure><figcaption>${markdownInline(summary)}</figcaption>${code}</figure>`
  })
  return `<p>HTTP ${escapeHtml(status)}. ${markdownInline(description)}</p>\n${fieldsHtml(fields, `${id}.answer`)}${figures.join('')}`
}

function rateLimitHtml({ rateLimit }: ApiOperation): string {
  if (!rateLimit) return ''
  const { phrase, cost, assumptions } = rateLimit
  const price = cost
    ? `<p>Each value of <code>${escapeHtml(cost)}</code> counts as one, so a call may cost several.</p>`
    : ''
  return `<p class="figure">${escapeHtml(phrase).replace(/^\d+/, '<strong>$&</strong>')}, for each App Key.</p>${price}${assumptionsHtml(assumptions)}`
}

/** A section of an operation: where it is on the page, its title, and the HTML beneath. */
interface Part {
  readonly id: string
  readonly title: string
  readonly body: string
}

/**
 * The section of one operation as HTML.
 *
 * @param errors those of all operations
 */
export function operationSection(
  operation: ApiOperation,
  host: string,
  signing: Signing | undefined,
  errors: readonly SharedError[],
): string {
  const { id, summary, method, path, docs } = operation
  const body = operation.body && `<p>${markdownInline(operation.body)}</p>`
  const request = body + fieldsHtml(operation.fields, id)
  const parts: readonly Part[] = [
    { id: `${id}-fields`, title: 'The request, field by field', body: request },
    { id: `${id}-headers`, title: 'More headers', body: fieldsHtml(operation.headers, `${id}.header`) },
    { id: `${id}-types`, title: 'Message types', body: messageTypesHtml(operation) },
    { id: `${id}-answer`, title: 'The answer', body: answerHtml(operation) },
    { id: `${id}-errors`, title: 'Errors', body: errorsHtml(operation, errors) },
    { id: `${id}-rate`, title: 'Rate limit', body: rateLimitHtml(operation) },
  ]
  const source = docs
    ? `<p class="source">The source: <a href="${escapeHtml(docs.url)}">${escapeHtml(docs.label)}</a></p>`
    : ''
  return `<section class="call" aria-labelledby="${id}">
${headingHtml(2, id, markdownInline(summary))}
<p class="endpoint"><b>${method}</b> <code>${escapeHtml(path)}</code></p>
${openingHtml(operation)}${source}
<div class="samples">${samplesHtml(operation, host, signing)}</div>
${parts.map((part) => sectionHtml(part.id, part.title, part.body, 3)).join('')}</section>
`
}
