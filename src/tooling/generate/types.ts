/**
 * `generated/openapi.ts`: the types, by openapi-typescript, with what it cannot do by itself.
 *
 * @module
 */
import { createRequire } from 'node:module'
import type { Node, PropertyName, TypeNode } from 'typescript'
import { commentOf, plainComments, withDescriptions } from './comments.js'
import { isObject, operationsOf, type Spec } from './openapi.js'

// By `require`: to import the 9 MB of TypeScript, Node reads them twice more to see what they export.
const require = createRequire(import.meta.url)
const ts = require('typescript') as typeof import('typescript')
const {
  astToString,
  default: openapiTS,
  transformSchemaObject,
} = require('openapi-typescript') as typeof import('openapi-typescript')

const { factory } = ts

type Transform = NonNullable<NonNullable<Parameters<typeof openapiTS>[1]>['transform']>

/** A list of any length: `methods.ts` limits the lengths that the compiler knows. */
const listType = (item: TypeNode): TypeNode =>
  factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, factory.createArrayTypeNode(item))

/** Known names, so that editors complete them, and any other string. */
function nameType(names: readonly string[]): TypeNode {
  const open = factory.createIntersectionTypeNode([
    factory.createKeywordTypeNode(ts.SyntaxKind.StringKeyword),
    factory.createTypeLiteralNode([]),
  ])
  return factory.createUnionTypeNode([
    ...names.map((name) => factory.createLiteralTypeNode(factory.createStringLiteral(name))),
    factory.createParenthesizedType(open),
  ])
}

const transform: Transform = (object, options) => {
  // Keywords with the prefix `x-` have no types in openapi-typescript.
  const types: unknown = object['x-message-types']
  if (isObject(types) && Object.keys(types).length > 0) return nameType(Object.keys(types))
  // Property transforms are asked about objects behind a `$ref` too; only plain lists are ours.
  const { type, items, prefixItems } = object as SchemaParts
  if (type !== 'array' || !items || prefixItems) return undefined
  return listType(transformSchemaObject(items, options))
}

/** The keywords of a list schema. The library's type has them only after narrowing `type`, which a reference prevents. */
interface SchemaParts {
  readonly type?: unknown
  readonly items?: Parameters<typeof transformSchemaObject>[0]
  readonly prefixItems?: unknown
}

/** Adds each operation's summary and description to its type: editors show that comment for the client's method. */
function tellOperations(nodes: readonly Node[], spec: Spec): void {
  const interfaces = nodes.filter((node) => ts.isInterfaceDeclaration(node))
  const all = interfaces.find(({ name }) => name.text === 'operations')
  const members = new Map(all?.members.map((member) => [member.name && nameOf(member.name), member]))
  for (const { id, definition } of operationsOf(spec)) {
    const member = members.get(id)
    const text = commentOf([definition.summary, definition.description].filter(Boolean).join('\n\n'), '')
    // The printer writes the two ends of a comment itself.
    const inside = text.slice('/*'.length, -'*/\n'.length)
    if (member && text) ts.addSyntheticLeadingComment(member, ts.SyntaxKind.MultiLineCommentTrivia, inside, true)
  }
}

const nameOf = (name: PropertyName): string => (ts.isIdentifier(name) || ts.isStringLiteral(name) ? name.text : '')

/** @returns the source of `openapi.ts` */
export async function generateTypes(spec: Spec): Promise<string> {
  // As text: openapi-typescript writes into an object that it is given.
  const nodes = await openapiTS(JSON.stringify(withDescriptions(spec)), {
    transform,
    defaultNonNullable: false,
    silent: true,
  })
  tellOperations(nodes, spec)
  return plainComments(astToString(nodes))
}
