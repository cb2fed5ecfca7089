/** Parses HTML that closes every element, as the docs site writes it. Throws for any other, so that parsing is a check, too. */

export interface Element {
  readonly tag: string
  readonly attributes: Readonly<Record<string, string>>
  readonly children: (Element | string)[]
}

const VOID = new Set(['input', 'link', 'meta', 'br', 'hr', 'img'])
const TOKEN = /<!--[\s\S]*?-->|<!doctype html>|<(\/?)([a-z][a-z0-9]*)((?:\s[^<>"]*(?:"[^"]*")?)*)>|[^<]+|</gi
const NAMES: Readonly<Record<string, string>> = {
  '&amp;': '&',
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&#x27;': "'",
}

const unescaped = (text: string): string =>
  text.replaceAll(/&(?:amp|lt|gt|quot|#39|#x27);/g, (name) => NAMES[name] ?? name)

const attributesOf = (text: string): Record<string, string> =>
  Object.fromEntries(
    [...text.matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)].map(([, name = '', value = '']) => [name, unescaped(value)]),
  )

/** @returns an element around all of the page */
export function parseHtml(html: string): Element {
  const root: Element = { tag: '', attributes: {}, children: [] }
  const open = [root]
  // The content of these two is text.
  const escaped = html.replaceAll(
    /(<(script|style)\b[^>]*>)([\s\S]*?)(<\/\2>)/g,
    (_, start: string, _tag, code: string, end: string) =>
      start + code.replaceAll('&', '&amp;').replaceAll('<', '&lt;') + end,
  )
  for (const [token, close, tag, attributes] of escaped.matchAll(TOKEN)) {
    if (token === '<') throw new Error('HTML: a "<" that begins no tag')
    const parent = open.at(-1) ?? root
    if (tag === undefined) {
      if (!token.startsWith('<')) parent.children.push(unescaped(token))
    } else if (close) {
      if (parent.tag !== tag) throw new Error(`HTML: </${tag}> closes <${parent.tag}>`)
      open.pop()
    } else {
      const element: Element = { tag, attributes: attributesOf(attributes ?? ''), children: [] }
      parent.children.push(element)
      if (!VOID.has(tag)) open.push(element)
    }
  }
  if (open.length > 1) throw new Error(`HTML: <${open.at(-1)?.tag}> is not closed`)
  return root
}

export const textOf = (node: Element | string): string =>
  typeof node === 'string' ? node : node.children.map(textOf).join('')

/** All elements within, in order. */
export const elementsOf = (element: Element): Element[] =>
  element.children.flatMap((child) => (typeof child === 'string' ? [] : [child, ...elementsOf(child)]))

/** Elements within of a tag, or of a class where it begins with a dot. */
export const select = (element: Element, what: string): Element[] =>
  elementsOf(element).filter(({ tag, attributes }) =>
    what.startsWith('.') ? (attributes['class'] ?? '').split(' ').includes(what.slice(1)) : tag === what,
  )

/** The element with an id. */
export function byId(element: Element, id: string): Element {
  const [found] = elementsOf(element).filter(({ attributes }) => attributes['id'] === id)
  if (!found) throw new Error(`HTML: no element with the id ${id}`)
  return found
}
