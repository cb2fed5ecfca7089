/**
 * A copy button on every block of code.
 *
 * @module
 */
const DONE_MS = 2_000

function addButton(block: Element): void {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'copy'
  button.textContent = 'Copy'
  button.addEventListener('click', async () => {
    await navigator.clipboard.writeText(block.querySelector('code')?.textContent ?? '')
    button.textContent = 'Copied'
    setTimeout(() => {
      button.textContent = 'Copy'
    }, DONE_MS)
  })
  block.append(button)
}

for (const block of document.querySelectorAll('.code')) addButton(block)
