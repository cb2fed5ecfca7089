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
    button.setAttribute('aria-label', WORDS[state])
    button.title = WORDS[state]
  }
  show('copy')
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code')?.textContent ?? '')
    show('copied')
    setTimeout(() => show('copy'), DONE_MS)
  })
  return button
}

/** Adds the buttons. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll('.code')) block.append(copyButton(block))
}
