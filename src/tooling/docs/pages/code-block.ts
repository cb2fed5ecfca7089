/**
 * Code on a page: strings and comments told apart at build time, and tabs that work without JavaScript.
 *
 * @module
 */
import { escaped } from '../html.js'

/** Comments by language, as far as samples are written in it; strings are alike in all of them. */
const COMMENTS: Readonly<Record<string, string>> = {
  Shell: '(?<![\\w$"])#.*',
  Python: '#.*',
  TypeScript: '//.*',
  Java: '//.*',
  Go: '//.*',
  PHP: '//.*',
}

const STRINGS = '"(?:[^"\\\\\\n]|\\\\.)*"|\'(?:[^\'\\\\\\n]|\\\\.)*\'|`[^`]*`'

/** Source as HTML: strings are `.s`, comments `.c`. */
export function highlighted(source: string, lang: string): string {
  const comment = COMMENTS[lang]
  const token = new RegExp(comment ? `(${STRINGS})|(${comment})` : `(${STRINGS})`, 'g')
  let html = ''
  let end = 0
  for (const found of source.matchAll(token)) {
    html += escaped(source.slice(end, found.index))
    html += `<span class="${found[1] === undefined ? 'c' : 's'}">${escaped(found[0])}</span>`
    end = found.index + found[0].length
  }
  return html + escaped(source.slice(end))
}

/** A block of code. It can be scrolled by keyboard. */
export const block = (html: string, label: string, name = ''): string =>
  `<pre tabindex="0" role="region" aria-label="${escaped(label)}"${name && ` class="${name}"`}><code>${html}</code></pre>`

/** One of several panels. */
export interface Tab {
  readonly label: string
  readonly html: string
}

/** Radio buttons and panels: the arrow keys move between them, and no script is needed. */
export function tabs(id: string, legend: string, all: readonly Tab[]): string {
  const radios = all.map(({ label }, i) => {
    const own = `${id}-${i + 1}`
    return `<input type="radio" name="${id}" id="${own}"${i === 0 ? ' checked' : ''}><label for="${own}">${escaped(label)}</label>`
  })
  const panels = all.map(({ html }) => `<div class="panel">${html}</div>`)
  return `<fieldset class="tabs"><legend class="hidden">${escaped(legend)}</legend>${radios.join('')}${panels.join('')}</fieldset>`
}
