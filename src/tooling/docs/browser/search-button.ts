/**
 * The button and the keys that open the search, which is loaded then.
 *
 * @module
 */
import { svgIcon } from './icons.js'
import { WORDS } from './words.js'

/** Opens the search. What is typed while its script is loaded goes into its field. */
async function openSearch(): Promise<void> {
  let typed = ''
  const keep = (event: KeyboardEvent) => {
    if (event.key.length > 1 || event.ctrlKey || event.metaKey) return
    event.preventDefault()
    typed += event.key
  }
  addEventListener('keydown', keep)
  const loaded = await import('./search-dialog.js').finally(() => removeEventListener('keydown', keep))
  // The words are given to it, so that both scripts need no third file.
  await loaded.showSearch(WORDS, typed)
}

/** Whether keys go into a field. */
const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && (target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(target.tagName))

/** The button; from now on `/` and Ctrl+K open the search, too. */
export function searchButton(): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'search-button'
  button.setAttribute('aria-label', WORDS.search)
  const label = document.createElement('span')
  label.textContent = WORDS.search
  const key = document.createElement('kbd')
  key.textContent = '/'
  button.append(svgIcon('search'), label, key)
  button.addEventListener('click', () => void openSearch())
  addEventListener('keydown', (event) => {
    const isShortcut = event.key === 'k' && (event.ctrlKey || event.metaKey)
    const isSlash = event.key === '/' && !event.ctrlKey && !event.metaKey && !event.altKey && !isTyping(event.target)
    if (!isShortcut && !isSlash) return
    event.preventDefault()
    void openSearch()
  })
  return button
}
