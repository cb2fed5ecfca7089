/**
 * The search: a dialog with a field and a list of results. Arrow keys choose, Enter opens.
 *
 * @module
 */
import { h } from '../playground/browser/dom.js'
import { createSearch, excerpt, type Search, type Section, type SectionRow } from '../search/search.js'
import { termsOf } from '../search/terms.js'
import type { Words } from './words.js'

const ROOT = new URL('..', import.meta.url)

let loading: Promise<Search> | undefined

/** Loads the texts once. */
function loadSearch(): Promise<Search> {
  loading ??= fetch(new URL('search.json', ROOT)).then(async (response) => {
    if (!response.ok) throw new Error(`search.json: HTTP ${response.status}`)
    // The build writes the file: its rows have this shape.
    return createSearch((await response.json()) as SectionRow[])
  })
  return loading
}

/** Text in which the terms of the query are marked. */
function markedText(text: string, query: string): (Node | string)[] {
  const terms = termsOf(query).toSorted((a, b) => b.length - a.length)
  if (terms.length === 0) return [text]
  const pattern = new RegExp(`(${terms.map((term) => term.replaceAll(/[^\p{L}\p{N}_]/gu, '\\$&')).join('|')})`, 'giu')
  return text.split(pattern).map((part, i) => (i % 2 === 1 ? h('mark', {}, part) : part))
}

function resultLink({ path, page, heading, text }: Section, query: string, i: number): HTMLAnchorElement {
  const title = h('span', { class: 'result-title' }, ...markedText(heading || page, query))
  const place = heading ? [h('span', { class: 'result-page' }, page)] : []
  const piece = h('span', { class: 'result-text' }, ...markedText(excerpt(text, query), query))
  const attributes = { role: 'option', id: `result-${i}`, href: new URL(path, ROOT).href, tabindex: '-1' }
  return h('a', attributes, title, ...place, piece)
}

function createDialog(words: Words): { readonly dialog: HTMLDialogElement; readonly input: HTMLInputElement } {
  const input = h('input', {
    type: 'search',
    role: 'combobox',
    'aria-label': words.searchHint,
    'aria-controls': 'search-results',
    'aria-expanded': 'true',
    'aria-autocomplete': 'list',
    placeholder: words.searchHint,
    autocomplete: 'off',
    spellcheck: 'false',
  })
  const list = h('div', { role: 'listbox', id: 'search-results', 'aria-label': words.results })
  const status = h('p', { role: 'status', class: 'search-status' })
  const close = h('button', { type: 'button', class: 'search-close' }, words.close)
  const dialog = h(
    'dialog',
    { class: 'search', 'aria-label': words.search },
    h('div', { class: 'search-field' }, input, close),
    list,
    status,
  )

  const options = () => [...list.querySelectorAll<HTMLAnchorElement>('[role="option"]')]
  let selected = 0
  const select = (index: number) => {
    const all = options()
    selected = all.length === 0 ? 0 : (index + all.length) % all.length
    for (const [i, option] of all.entries()) option.setAttribute('aria-selected', String(i === selected))
    all[selected]?.scrollIntoView({ block: 'nearest' })
    if (all[selected]) input.setAttribute('aria-activedescendant', `result-${selected}`)
    else input.removeAttribute('aria-activedescendant')
  }
  const update = async () => {
    const query = input.value.trim()
    const found = query === '' ? [] : (await loadSearch())(query)
    if (query !== input.value.trim()) return
    list.replaceChildren(...found.map((section, i) => resultLink(section, query, i)))
    status.textContent = query !== '' && found.length === 0 ? words.nothingFound : ''
    select(0)
  }
  const fail = () => {
    loading = undefined
    status.textContent = words.failed
  }

  input.addEventListener('input', () => void update().catch(fail))
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step !== undefined) {
      event.preventDefault()
      select(selected + step)
    } else if (event.key === 'Escape') {
      // Else the field of a search would only be emptied.
      event.preventDefault()
      dialog.close()
    } else if (event.key === 'Enter' && event.target === input) {
      event.preventDefault()
      options()[selected]?.click()
    }
  })
  // A result may be on this page; and a click beside the dialog closes it.
  list.addEventListener('click', () => dialog.close())
  close.addEventListener('click', () => dialog.close())
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) dialog.close()
  })
  document.body.append(dialog)
  return { dialog, input }
}

let parts: ReturnType<typeof createDialog> | undefined

/**
 * Opens the dialog; the texts are loaded meanwhile.
 *
 * @param typed what to search for at once
 */
export async function showSearch(words: Words, typed: string): Promise<void> {
  parts ??= createDialog(words)
  if (!parts.dialog.open) parts.dialog.showModal()
  parts.input.select()
  if (typed !== '') {
    parts.input.setRangeText(typed, 0, parts.input.value.length, 'end')
    parts.input.dispatchEvent(new Event('input'))
  }
  // What cannot be loaded is said when something is typed.
  await loadSearch().catch(() => {
    loading = undefined
  })
}
