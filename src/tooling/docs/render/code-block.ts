/**
 * Code on a page: its words are marked at build time, and tabs work without JavaScript.
 *
 * @module
 */
import hljs from 'highlight.js/lib/core'
import bash from 'highlight.js/lib/languages/bash'
import diff from 'highlight.js/lib/languages/diff'
import dockerfile from 'highlight.js/lib/languages/dockerfile'
import go from 'highlight.js/lib/languages/go'
import http from 'highlight.js/lib/languages/http'
import ini from 'highlight.js/lib/languages/ini'
import java from 'highlight.js/lib/languages/java'
import javascript from 'highlight.js/lib/languages/javascript'
import json from 'highlight.js/lib/languages/json'
import php from 'highlight.js/lib/languages/php'
import python from 'highlight.js/lib/languages/python'
import typescript from 'highlight.js/lib/languages/typescript'
import xml from 'highlight.js/lib/languages/xml'
import yaml from 'highlight.js/lib/languages/yaml'
import { escapeHtml } from '../html.js'

const GRAMMARS = { typescript, javascript, bash, python, go, java, php, json, yaml, http, xml, ini, diff, dockerfile }

for (const [id, grammar] of Object.entries(GRAMMARS)) hljs.registerLanguage(id, grammar)
hljs.registerAliases('shell', { languageName: 'bash' })

/** Where readers know another name than that of the grammar. */
const NAMES: Readonly<Record<string, string>> = { Bash: 'Shell', 'TOML, also INI': 'TOML', 'HTML, XML': 'XML' }

/** The name of a language as readers know it: `TypeScript` for `ts`. */
export function languageName(lang: string): string {
  const name = hljs.getLanguage(lang)?.name ?? lang
  return NAMES[name] ?? (name || 'Text')
}

/** Source as HTML whose words have the classes of highlight.js; plain for an unknown language. */
export function highlightCode(source: string, lang = ''): string {
  const language = lang.toLowerCase()
  return hljs.getLanguage(language)
    ? hljs.highlight(source, { language, ignoreIllegals: true }).value
    : escapeHtml(source)
}

/** Characters of a line that fit into a block on a wide screen. */
const MAX_WIDE = 104

/** Class of the block of a program's output: lines that fit no screen are wrapped, while code is scrolled. */
export const outputClass = (source: string, lang: string): string =>
  lang === 'text' && source.split('\n').some((line) => line.length > MAX_WIDE) ? 'wrap' : ''

/** A block of code that can be scrolled by keyboard. `label` names it for screen readers. */
export const codeBlock = (html: string, label: string, className = ''): string =>
  `<div class="code"><pre tabindex="0" role="group" aria-label="${escapeHtml(label)}"${className && ` class="${className}"`}><code>${html}</code></pre></div>`

/** A block of code with a title above it. */
export const titledCodeBlock = (html: string, title: string, className = ''): string =>
  `<figure class="titled"><figcaption>${escapeHtml(title)}</figcaption>${codeBlock(html, title, className)}</figure>`

/** One of several panels. */
export interface Tab {
  readonly label: string
  readonly html: string
}

/** Radio buttons and panels: the arrow keys move between them, and no script is needed. */
export function tabsHtml(id: string, legend: string, tabs: readonly Tab[]): string {
  const radios = tabs.map(({ label }, i) => {
    const radioId = `${id}-${i + 1}`
    return `<input type="radio" name="${id}" id="${radioId}" value="${escapeHtml(label)}"${i === 0 ? ' checked' : ''}><label for="${radioId}">${escapeHtml(label)}</label>`
  })
  const panels = tabs.map(({ html }) => `<div class="panel">${html}</div>`)
  return `<fieldset class="tabs"><legend class="hidden">${escapeHtml(legend)}</legend>${radios.join('')}${panels.join('')}</fieldset>`
}
