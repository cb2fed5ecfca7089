/**
 * The comments of `generated/`: descriptions of the spec, where editors and documentation look for them.
 *
 * @module
 */
import ts from 'typescript'
import { deref, type Json, operationsOf, type Schema } from './openapi.js'

/** Text as lines of a comment that stand at an indent; nothing for no text. */
export function commentOf(text: unknown, indent: string): string {
  const lines = String(text ?? '')
    .trim()
    .replaceAll('*/', '*\\/')
    .split('\n')
  if (lines[0] === '') return ''
  if (lines.length === 1) return `${indent}/** ${lines[0]} */\n`
  return `${indent}/**\n${lines.map((line) => `${indent} * ${line}`.trimEnd()).join('\n')}\n${indent} */\n`
}

/** A copy in which a property that is only a reference has the description of what it points at. */
export function withDescriptions(spec: Json): Json {
  const copy = structuredClone(spec)
  const visit = (node: unknown): void => {
    if (typeof node !== 'object' || node === null) return
    const { properties } = node as { properties?: Record<string, Schema | undefined> }
    for (const [name, property] of Object.entries(properties ?? {})) {
      if (typeof property?.$ref !== 'string' || property.description !== undefined) continue
      const { description } = deref(spec, property)
      if (description !== undefined) (properties as Record<string, Schema>)[name] = { ...property, description }
    }
    Object.values(node).forEach(visit)
  }
  visit(copy)
  return copy
}

/** Says at each operation what it does: its type is where an editor looks for the words of the client's method. */
export function tellOperations(nodes: readonly ts.Node[], spec: Json): void {
  const all = nodes.find((node) => ts.isInterfaceDeclaration(node) && node.name.text === 'operations')
  for (const { id, definition } of operationsOf(spec)) {
    const member = all && (all as ts.InterfaceDeclaration).members.find(({ name }) => name && nameOf(name) === id)
    const text = commentOf([definition['summary'], definition['description']].filter(Boolean).join('\n\n'), '')
    // The printer writes the two ends of a comment itself.
    const inside = text.slice('/*'.length, -'*/\n'.length)
    if (member && text) ts.addSyntheticLeadingComment(member, ts.SyntaxKind.MultiLineCommentTrivia, inside, true)
  }
}

const nameOf = (name: ts.PropertyName): string => (ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : '')

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
