/**
 * Code on a page: strings and comments are marked at build time, and tabs work without JavaScript.
 *
 * @module
 */
import { escapeHtml } from '../html.js'

/** Comments by language, as far as the samples use them. Strings look the same in all of them. */
const COMMENTS: Readonly<Record<string, string>> = {
  Shell: '(?<![\\w$"])#.*',
  Python: '#.*',
  TypeScript: '//.*',
  Java: '//.*',
  Go: '//.*',
  PHP: '//.*',
}

const STRINGS = '"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\'|`[^`]*`'

/** Source as HTML: strings have the class `s`, comments `c`. */
export function highlightCode(source: string, lang = ''): string {
  const comment = COMMENTS[lang]
  const token = new RegExp(comment ? `(${STRINGS})|(${comment})` : `(${STRINGS})`, 'g')
  let html = ''
  let end = 0
  for (const match of source.matchAll(token)) {
    html += escapeHtml(source.slice(end, match.index))
    html += `<span class="${match[1] === undefined ? 'c' : 's'}">${escapeHtml(match[0])}</span>`
    end = match.index + match[0].length
  }
  return html + escapeHtml(source.slice(end))
}

/** A block of code that can be scrolled by keyboard. `label` names it for screen readers. */
export const codeBlock = (html: string, label: string, className = ''): string =>
  `<pre tabindex="0" role="region" aria-label="${escapeHtml(label)}"${className && ` class="${className}"`}><code>${html}</code></pre>`

/** One of several panels. */
export interface Tab {
  readonly label: string
  readonly html: string
}

/** Radio buttons and panels: the arrow keys move between them, and no script is needed. */
export function tabsHtml(id: string, legend: string, tabs: readonly Tab[]): string {
  const radios = tabs.map(({ label }, i) => {
    const radioId = `${id}-${i + 1}`
    return `<input type="radio" name="${id}" id="${radioId}"${i === 0 ? ' checked' : ''}><label for="${radioId}">${escapeHtml(label)}</label>`
  })
  const panels = tabs.map(({ html }) => `<div class="panel">${html}</div>`)
  return `<fieldset class="tabs"><legend class="hidden">${escapeHtml(legend)}</legend>${radios.join('')}${panels.join('')}</fieldset>`
}
