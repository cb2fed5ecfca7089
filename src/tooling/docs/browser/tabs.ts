/**
 * The language of samples is kept: all tabs of a page change together, and the next page opens with the same one.
 *
 * @module
 */
import { recall, remember, SAMPLE_KEY } from './storage.js'

const radios = (): HTMLInputElement[] => [...document.querySelectorAll<HTMLInputElement>('.tabs > input')]

function choose(label: string): void {
  for (const radio of radios()) if (radio.value === label) radio.checked = true
}

/** Opens the tabs with the kept language, and keeps what is chosen. */
export function keepLanguage(): void {
  const kept = recall(SAMPLE_KEY)
  if (kept !== undefined) choose(kept)
  for (const radio of radios()) {
    radio.addEventListener('change', () => {
      remember(SAMPLE_KEY, radio.value)
      // The tabs above may change their height; the one that was clicked stays where it is.
      const before = radio.getBoundingClientRect().top
      choose(radio.value)
      scrollBy(0, radio.getBoundingClientRect().top - before)
    })
  }
}
