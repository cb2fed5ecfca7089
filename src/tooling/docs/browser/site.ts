/**
 * What every page does with JavaScript: copy buttons, the kept language of samples, the switch of colours, the mark of the
 * current section, and search.
 *
 * @module
 */
import { addCopyButtons } from './copy.js'
import { markCurrentSection } from './current-section.js'
import { searchButton } from './search-button.js'
import { keepLanguage } from './tabs.js'
import { themeButton } from './theme-switch.js'

document.querySelector('[data-tools]')?.append(searchButton(), themeButton())
keepLanguage()
addCopyButtons()
markCurrentSection()
