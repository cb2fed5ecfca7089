/**
 * `generated/openapi.ts`: the types, by openapi-typescript, with what it cannot do by itself.
 *
 * @module
 */
import openapiTS, { astToString, transformSchemaObject } from 'openapi-typescript'
import ts from 'typescript'
import { plainComments, tellOperations, withDescriptions } from './comments.js'
import { isObject, type Spec, SpecError } from './openapi.js'

const { factory } = ts

type Transform = NonNullable<NonNullable<Parameters<typeof openapiTS>[1]>['transform']>

/** A list of any length: `methods.ts` limits the lengths that the compiler knows. */
const listType = (item: ts.TypeNode): ts.TypeNode =>
  factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, factory.createArrayTypeNode(item))

/** Known names, so that editors complete them, and any other string. */
function nameType(names: readonly string[]): ts.TypeNode {
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

/** @returns the source of `openapi.ts` */
export async function generateTypes(spec: Spec): Promise<string> {
  try {
    // As text: openapi-typescript writes into an object that it is given.
    const nodes = await openapiTS(JSON.stringify(withDescriptions(spec)), {
      transform,
      defaultNonNullable: false,
      silent: true,
    })
    tellOperations(nodes, spec)
    return plainComments(astToString(nodes))
  } catch (error) {
    throw new SpecError(`the types: ${error instanceof Error ? error.message : error}`)
  }
}
