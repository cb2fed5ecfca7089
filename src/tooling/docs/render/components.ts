/**
 * Parts of pages as HTML: sections, rows, tags, fields, assumptions.
 *
 * @module
 */
import { type Field, unsaidLimits } from '../content/fields.js'
import { escapeHtml, markdownBlocks, markdownInline } from '../html.js'
import { assumptionsHtml } from './assumptions.js'
import { headingHtml } from './heading.js'

/** A short label with a background. */
export const tagHtml = (label: string, tint = ''): string =>
  `<span class="tag${tint && ` ${tint}`}">${escapeHtml(label)}</span>`

/** A section with a heading that can be linked to; nothing where it would be empty. */
export function sectionHtml(id: string, title: string, body: string, level = 2): string {
  if (body === '') return ''
  // Sections of the page are landmarks; those within a section would be too many.
  const label = level === 2 ? ` aria-labelledby="${id}"` : ''
  return `<section${label}>${headingHtml(level, id, markdownInline(title))}${body}\n</section>\n`
}

/** One row of a list of definitions; `id` makes it a target of links. */
export const rowHtml = (term: string, definition: string, id = ''): string =>
  `<div${id && ` id="${escapeHtml(id)}"`}><dt>${term}</dt><dd>${definition}</dd></div>\n`

/** Rows as a list of definitions. */
export const rowsHtml = (rows: readonly string[], className = ''): string =>
  rows.length === 0 ? '' : `<dl class="rows${className && ` ${className}`}">\n${rows.join('')}</dl>`

/** Fields of fields are shown down to this level. */
const MAX_FIELD_DEPTH = 3

function fieldHtml(field: Field, prefix: string, depth: number): string {
  const id = prefix && `${prefix}.${field.name}`
  const name = `<code>${escapeHtml(field.name)}</code>`
  const link = id ? `<a href="#${escapeHtml(id)}">${name}</a>` : name
  const required = `<span class="${field.required ? 'required' : 'optional'}">${field.required ? 'required' : 'optional'}</span>`
  const limits = [...unsaidLimits(field), ...(field.default === undefined ? [] : [`default ${field.default}`])]
  const limitItems = limits.map((limit) => `<li>${escapeHtml(limit)}</li>`).join('')
  const definition = [
    markdownBlocks(field.description),
    limits.length > 0 ? `<ul class="limits">${limitItems}</ul>` : '',
    field.docs ? `<p><a href="${escapeHtml(field.docs.url)}">${escapeHtml(field.docs.label)}</a></p>` : '',
    assumptionsHtml(field.assumptions),
    depth < MAX_FIELD_DEPTH ? fieldsHtml(field.fields, id, depth + 1) : '',
  ]
  return rowHtml(`${link}<span class="type">${escapeHtml(field.type)}</span>${required}`, definition.join(''), id)
}

/** Fields, each with its limits; those of an object beneath it. `prefix` begins their ids. */
export const fieldsHtml = (fields: readonly Field[], prefix: string, depth = 0): string =>
  rowsHtml(
    fields.map((field) => fieldHtml(field, prefix, depth)),
    'fields',
  )
