/**
 * A copy button on every block of code.
 *
 * @module
 */
import { WORDS } from './words.js'

const DONE_MS = 2_000

function copyButton(block: Element): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = WORDS.copy
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code')?.textContent ?? '')
    button.textContent = WORDS.copied
    setTimeout(() => {
      button.textContent = WORDS.copy
    }, DONE_MS)
  })
  return button
}

/** Adds the buttons. */
export function addCopyButtons(): void {
  for (const block of document.querySelectorAll('.code')) block.append(copyButton(block))
}
