/**
 * The reference in the colours that the reader chose on this site, from the first paint on. The viewer knows its own choice
 * alone, which it keeps in the storage, and shows it by a class of the documentElement.
 *
 * @module
 */
const { documentElement } = document
const dark = matchMedia('(prefers-color-scheme: dark)')

function setMode() {
  const mode = documentElement.dataset.theme ?? (dark.matches ? 'dark' : 'light')
  documentElement.classList.remove('light', 'dark')
  documentElement.classList.add(mode)
  try {
    localStorage.setItem('redoc.colorMode', mode)
  } catch {
    // Storage may be forbidden; then the viewer follows the system.
  }
}
setMode()
dark.addEventListener('change', setMode)
addEventListener('themechange', setMode)
