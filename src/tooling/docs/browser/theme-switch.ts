/**
 * The button that changes the colours: as the system, light, dark.
 *
 * @module
 */

import { svgIcon } from './icons.js'
import { recall, remember } from './storage.js'
import { WORDS } from './words.js'

const THEMES = ['system', 'light', 'dark'] as const
type Theme = (typeof THEMES)[number]

const isTheme = (value: string | undefined): value is Theme => THEMES.some((theme) => theme === value)

/** The button; it also sets what was kept. */
export function themeButton(): HTMLButtonElement {
  const button = document.createElement('button')
  button.type = 'button'
  button.className = 'icon-button'
  const kept = recall('theme')
  let theme: Theme = isTheme(kept) ? kept : 'system'
  const show = () => {
    button.replaceChildren(svgIcon(theme))
    button.setAttribute('aria-label', WORDS.theme[theme])
    button.title = WORDS.theme[theme]
  }
  button.addEventListener('click', () => {
    theme = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system'
    if (theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = theme
    remember('theme', theme === 'system' ? undefined : theme)
    dispatchEvent(new CustomEvent('themechange'))
    show()
  })
  show()
  return button
}
