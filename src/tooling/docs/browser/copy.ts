/**
 * A copy button on every block of code.
 *
 * @module
 */
import { svgIcon } from './icons.js'
import { WORDS } from './words.js'

const DONE_MS = 2_000

function copyButton(block: Element): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  const show = (state: 'copy' | 'copied') => {
    button.replaceChildren(svgIcon(state))
    button.dataset['state'] = state
    button.setAttribute('aria-label', WORDS[state])
    button.title = WORDS[state]
  }
  show('copy')
  button.addEventListener('click', async () => {
    const code = block.querySelector('code')
    if (!code) return
    try {
      await navigator.clipboard.writeText(code.textContent ?? '')
      show('copied')
      setTimeout(() => show('copy'), DONE_MS)
    } catch {
      // The browser refuses, or has no clipboard outside https. The reader can copy what is selected.
      getSelection()?.selectAllChildren(code)
    }
  })
  return button
}

/** Adds the buttons. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll('.code')) block.append(copyButton(block))
}
