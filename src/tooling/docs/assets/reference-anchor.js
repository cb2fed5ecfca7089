/**
 * Scrolls the reference to the field that the address names. The viewer does so once, before the parts above the field
 * have their final height, and so misses it.
 *
 * @module
 */

/** The id of the field comes after the second `#`. */
const id = decodeURIComponent(location.hash.split('#')[2] ?? '')
const deadline = performance.now() + 6_000
let isDone = id === ''
for (const event of ['wheel', 'touchmove', 'keydown', 'pointerdown'])
  addEventListener(event, () => (isDone = true), { once: true, passive: true })

/** Repeats until the layout is stable, or the user scrolls, clicks or types. */
function scrollToField() {
  if (isDone || performance.now() > deadline) return
  const field = document.getElementById(id)
  const top = field?.getBoundingClientRect().top ?? 0
  if (field && (top < 0 || top > innerHeight / 2)) field.scrollIntoView({ behavior: 'instant' })
  setTimeout(scrollToField, 150)
}
scrollToField()
