/**
 * Work that changes the layout, put off until a press of mouse or finger is over. If the layout changes between the press
 * and the release, the button moves away and gets no click.
 *
 * @module
 */

let isPressed = false

for (const [type, pressed] of Object.entries({ pointerdown: true, pointerup: false, pointercancel: false })) {
  addEventListener(type, () => (isPressed = pressed), { capture: true })
}

/** Runs the work behind the click of a press that is going on; else as the next task. */
export function afterPress(work: () => void): void {
  const run = () => setTimeout(work)
  if (!isPressed) {
    run()
    return
  }
  const ended = new AbortController()
  const end = () => {
    ended.abort()
    run()
  }
  for (const type of ['pointerup', 'pointercancel']) addEventListener(type, end, { signal: ended.signal })
}
