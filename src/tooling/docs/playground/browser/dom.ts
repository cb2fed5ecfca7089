/**
 * DOM elements in one expression.
 *
 * @module
 */

type Attribute = string | boolean | undefined | ((event: Event) => void)

/** Content of an element; `undefined` and `false` are left out. */
export type Child = Node | string | undefined | false

/**
 * Makes an element. An attribute that is a function becomes a listener, and `true` an attribute without a value. `html`
 * is the inner HTML, for texts of the spec that the build has made HTML.
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
  if (children.length > 0) replaceContent(element, ...children)
  return element
}

/** Replaces the content of an element. */
export function replaceContent(element: Element, ...children: Child[]): void {
  element.replaceChildren(...children.filter((child) => child !== undefined && child !== false))
}

/**
 * A checkbox with its label.
 *
 * @param describedBy id of an element that says more
 */
export function checkbox(
  label: string,
  describedBy: string | undefined,
  onChange: (checked: boolean) => void,
): { readonly element: HTMLElement; readonly setChecked: (checked: boolean) => void } {
  const change = () => onChange(box.checked)
  const box = h('input', { type: 'checkbox', 'aria-describedby': describedBy, change })
  const setChecked = (checked: boolean) => {
    box.checked = checked
  }
  return { element: h('label', { class: 'pg-tick' }, box, h('span', {}, label)), setChecked }
}

/** A box for error messages; hidden while there are none. */
export function errorBox(id: string): {
  readonly element: HTMLElement
  readonly showErrors: (messages: readonly string[]) => void
} {
  const element = h('p', { class: 'pg-error', id })
  element.hidden = true
  const showErrors = (messages: readonly string[]) => {
    element.hidden = messages.length === 0
    replaceContent(element, ...messages.map((message) => h('span', {}, message)))
  }
  return { element, showErrors }
}

/** A line that says, to everybody, that something was done. */
export function statusLine(): { readonly element: HTMLElement; readonly say: (message: string) => void } {
  const element = h('p', { class: 'pg-status', role: 'status' })
  return { element, say: (message) => replaceContent(element, message) }
}

/**
 * @param done what to say when it is copied
 * @param instead what the user can do when the browser refuses
 * @returns a message for the user
 */
export const copyText = (text: string, done = 'Copied', instead = 'Select the text instead.'): Promise<string> =>
  navigator.clipboard.writeText(text).then(
    () => done,
    () => `This browser does not let the page copy. ${instead}`,
  )

/** An option of a select. */
export interface SelectOption {
  readonly value: string
  readonly label: string
  readonly group?: string
}

/** Options as elements, in groups where they name one. */
export function optionElements(options: readonly SelectOption[]): HTMLElement[] {
  const elements: HTMLElement[] = []
  const groups = new Map<string, HTMLElement>()
  for (const { value, label, group } of options) {
    const option = h('option', { value }, label)
    if (group === undefined) {
      elements.push(option)
      continue
    }
    const existing = groups.get(group)
    const parent = existing ?? h('optgroup', { label: group })
    if (!existing) elements.push(parent)
    groups.set(group, parent)
    parent.append(option)
  }
  return elements
}

/** A select with its options. */
export const selectElement = (
  attributes: Readonly<Record<string, Attribute>>,
  options: readonly SelectOption[],
): HTMLSelectElement => h('select', attributes, ...optionElements(options))
