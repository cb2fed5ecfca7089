/**
 * Runs beside the reference: brings the field that the address names into view. The viewer does so once, before the
 * parts above the field have their height, and so lands elsewhere.
 *
 * @module
 */

/** The field's id stands behind the second `#`. */
const id = decodeURIComponent(location.hash.split('#')[2] ?? '')
const until = performance.now() + 6_000
let left = id === ''
for (const act of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
  addEventListener(act, () => (left = true), { once: true, passive: true })

/** Again and again, until the layout has come to rest or the reader takes over. */
function look() {
  if (left || performance.now() > until) return
  const field = document.getElementById(id)
  const top = field?.getBoundingClientRect().top ?? 0
  if (field && (top < 0 || top > innerHeight / 2)) field.scrollIntoView({ behavior: 'instant' })
  setTimeout(look, 150)
}
look()
