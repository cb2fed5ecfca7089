/**
 * The comments of `generated/`: descriptions of the spec, where editors and documentation look for them.
 *
 * @module
 */
import { deref, isObject, type Schema, type Spec } from './openapi.js'

/** Text as lines of a comment that stand at an indent; nothing for no text. */
export function commentOf(text: string | undefined, indent: string): string {
  const lines = (text ?? '').trim().replaceAll('*/', '*\\/').split('\n')
  if (lines[0] === '') return ''
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`
}

/** A property that is only a reference gets the description of what it points at. */
function describedProperty(spec: Spec, property: unknown): unknown {
  if (!isObject(property) || typeof property['$ref'] !== 'string' || property['description'] !== undefined)
    return property
  const { description } = deref<Schema>(spec, { $ref: property['$ref'] })
  return description === undefined ? property : { ...property, description }
}

/** A copy in which each property that is only a reference has the description of what it points at. */
export function withDescriptions(spec: Spec): Record<string, unknown> {
  const visit = (node: unknown): unknown => {
    if (Array.isArray(node)) return node.map(visit)
    if (!isObject(node)) return node
    const members = Object.entries(node).map(([key, value]) => {
      if (key !== 'properties' || !isObject(value)) return [key, visit(value)]
      const properties = Object.entries(value).map(([name, one]) => [name, visit(describedProperty(spec, one))])
      return [key, Object.fromEntries(properties)]
    })
    return Object.fromEntries(members)
  }
  return Object.fromEntries(Object.entries(spec).map(([key, value]) => [key, visit(value)]))
}

/** The entries of a comment's lines: its paragraphs and tags, each with the indented lines that belong to it. */
function entriesOf(lines: readonly string[]): string[] {
  const entries: string[] = []
  for (const line of lines) {
    if (entries.length > 0 && (line === '' || line.startsWith('    ')))
      entries.push(`${entries.pop()}\n${line.slice(4)}`)
    else entries.push(line)
  }
  return entries
}

/**
 * What openapi-typescript tags as `@description` becomes the text of the comment: in front of all tags, and not
 * indented, which would make code of it.
 */
export function plainComments(source: string): string {
  return source
    .replaceAll(/^( *\/\*\* )@description /gm, '$1')
    .replaceAll(/^( *)\/\*\*\n([\s\S]*?)\n *\*\/$/gm, (comment, indent: string, body: string) => {
      if (!body.includes('@description ')) return comment
      const entries = entriesOf(body.split('\n').map((line) => line.slice(indent.length + ' * '.length)))
      const isTag = (entry: string) => /^@(?!description )/.test(entry)
      const text = entries.filter((entry) => !isTag(entry)).map((entry) => entry.replace(/^@description /, ''))
      const tags = entries.filter(isTag).map((tag) => tag.replaceAll('\n', '\n    '))
      const lines = [text.join('\n\n'), ...tags].join('\n').split('\n')
      return [`${indent}/**`, ...lines.map((line) => `${indent} * ${line}`.trimEnd()), `${indent} */`].join('\n')
    })
}
