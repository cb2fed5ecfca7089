/**
 * Elements in one expression.
 *
 * @module
 */

type Attribute = string | boolean | undefined | ((event: Event) => void)

/** What stands in an element; `undefined` and `false` are left out. */
export type Child = Node | string | undefined | false

/**
 * Makes an element. An attribute that is a function listens; `true` stands without a value; `html` is what stands
 * inside, for words of the spec that were made HTML when the page was built.
 */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Readonly<Record<string, Attribute>> = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function') element.addEventListener(name, value)
    else if (name === 'html') element.innerHTML = String(value)
    else if (value !== undefined && value !== false) element.setAttribute(name, value === true ? '' : value)
  }
  if (children.length > 0) fill(element, ...children)
  return element
}

/** Puts other content into an element. */
export function fill(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((one) => one !== undefined && one !== false))
}

/**
 * A box to tick, with its words.
 *
 * @param described id of an element that says more
 */
export function tick(
  words: string,
  described: string | undefined,
  changed: (checked: boolean) => void,
): { readonly element: HTMLElement; readonly set: (checked: boolean) => void } {
  const box = h('input', { type: 'checkbox', 'aria-describedby': described, change: () => changed(box.checked) })
  const set = (checked: boolean) => {
    box.checked = checked
  }
  return { element: h('label', { class: 'pg-tick' }, box, h('span', {}, words)), set }
}

/** A place for what is wrong; hidden while nothing is. */
export function blameBox(id: string): {
  readonly element: HTMLElement
  readonly blame: (messages: readonly string[]) => void
} {
  const element = h('p', { class: 'pg-error', id })
  element.hidden = true
  const blame = (messages: readonly string[]) => {
    element.hidden = messages.length === 0
    fill(element, ...messages.map((message) => h('span', {}, message)))
  }
  return { element, blame }
}

/** A choice, with groups where options have one. */
export function choice(
  attributes: Readonly<Record<string, Attribute>>,
  options: readonly { readonly value: string; readonly words: string; readonly group?: string }[],
): HTMLSelectElement {
  const select = h('select', attributes)
  const groups = new Map<string, HTMLElement>()
  for (const { value, words, group } of options) {
    const parent = group === undefined ? select : (groups.get(group) ?? h('optgroup', { label: group }))
    if (group !== undefined && !groups.has(group)) select.append(parent)
    if (group !== undefined) groups.set(group, parent)
    parent.append(h('option', { value }, words))
  }
  return select
}
