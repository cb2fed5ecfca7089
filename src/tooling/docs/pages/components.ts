/**
 * Small parts of the first page: fields, assumptions, tags.
 *
 * @module
 */

import type { Field } from '../content/fields.js'
import { blocks, escaped, line } from '../html.js'

/** Words with a tint. */
export const tag = (words: string, tint = ''): string =>
  `<span class="tag${tint && ` ${tint}`}">${escaped(words)}</span>`

/** What nobody could confirm, marked as such. */
export const assumptions = (all: readonly string[]): string =>
  all.map((one) => `<p class="assumed">${tag('Not confirmed', 'note')} ${line(one)}</p>`).join('')

/** A section with a heading that can be linked to. Those of the page are landmarks; those within would be too many. */
export const section = (id: string, title: string, body: string, level = 2): string =>
  body === ''
    ? ''
    : `<section${level === 2 ? ` aria-labelledby="${id}"` : ''}><h${level} id="${id}"><a href="#${id}">${line(title)}</a></h${level}>\n${body}\n</section>\n`

/** One row of a list of definitions; `id` makes it a target. */
export const row = (term: string, definition: string, id = ''): string =>
  `<div${id && ` id="${escaped(id)}"`}><dt>${term}</dt><dd>${definition}</dd></div>\n`

/** Rows as a list. */
export const rows = (all: readonly string[], name = ''): string =>
  all.length === 0 ? '' : `<dl class="rows${name && ` ${name}`}">\n${all.join('')}</dl>`

/** Fields, each with its limits; those of an object beneath it. */
export function fields(all: readonly Field[], prefix: string, level = 0): string {
  const one = (field: Field) => {
    const id = prefix && `${prefix}.${field.name}`
    const name = `<code>${escaped(field.name)}</code>`
    const limits = [...field.limits, ...(field.default === undefined ? [] : [`default ${field.default}`])]
    const head = `${id ? `<a href="#${escaped(id)}">${name}</a>` : name}<span class="type">${escaped(field.type)}</span>`
    const docs = field.docs ? `<p><a href="${escaped(field.docs.url)}">${escaped(field.docs.words)}</a></p>` : ''
    return row(
      `${head}${field.required ? tag('required', 'accent') : tag('optional')}`,
      blocks(field.description) +
        (limits.length > 0
          ? `<ul class="limits">${limits.map((limit) => `<li>${escaped(limit)}</li>`).join('')}</ul>`
          : '') +
        docs +
        assumptions(field.assumptions) +
        (level < 3 ? fields(field.fields, id, level + 1) : ''),
      id,
    )
  }
  return rows(all.map(one), 'fields')
}
