/**
 * `generated/openapi.ts`: the types, by openapi-typescript, with what it cannot do by itself.
 *
 * @module
 */
import openapiTS, { astToString, transformSchemaObject } from 'openapi-typescript'
import ts from 'typescript'
import { plainComments, tellOperations, withDescriptions } from './comments.js'
import { type Json, type Schema, SpecError } from './spec.js'

const { factory } = ts

/** Above this many items a list's type says "at least" but no longer counts. */
const LONGEST_TUPLE = 16

type Transform = NonNullable<NonNullable<Parameters<typeof openapiTS>[1]>['transform']>

const readonly = (type: ts.TypeNode) =>
  factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, type as ts.ArrayTypeNode)

/** A list as readonly tuples of each allowed length, so that a wrong number of items does not compile. */
function listType(item: ts.TypeNode, { minItems = 0, maxItems }: Schema): ts.TypeNode {
  if (maxItems !== undefined && maxItems < minItems) {
    throw new SpecError(`a list must have minItems at most maxItems. Received ${minItems} and ${maxItems}`)
  }
  if (minItems === 0 && maxItems === undefined) return readonly(factory.createArrayTypeNode(item))
  if (maxItems !== undefined && maxItems <= LONGEST_TUPLE) {
    const lengths = Array.from({ length: maxItems - minItems + 1 }, (_, i) => minItems + i)
    return factory.createUnionTypeNode(
      lengths.map((length) => readonly(factory.createTupleTypeNode(Array<ts.TypeNode>(length).fill(item)))),
    )
  }
  if (minItems > LONGEST_TUPLE) return readonly(factory.createArrayTypeNode(item))
  const rest = factory.createRestTypeNode(factory.createArrayTypeNode(item))
  return readonly(factory.createTupleTypeNode([...Array<ts.TypeNode>(minItems).fill(item), rest]))
}

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
  const schema = object as Schema
  const names = Object.keys(schema['x-message-types'] ?? {})
  if (names.length > 0) return nameType(names)
  // Property transforms are asked about objects behind a `$ref` too; only plain lists are ours.
  if (schema.type !== 'array' || !schema.items || 'prefixItems' in schema) return undefined
  return listType(transformSchemaObject(schema.items as Parameters<typeof transformSchemaObject>[0], options), schema)
}

/** @returns the source of `openapi.ts` */
export async function generateTypes(spec: Json): Promise<string> {
  // A copy: openapi-typescript writes into what it is given.
  const copy = withDescriptions(spec) as unknown as Parameters<typeof openapiTS>[0]
  try {
    const nodes = await openapiTS(copy, { transform, defaultNonNullable: false, silent: true })
    tellOperations(nodes, spec)
    return plainComments(astToString(nodes))
  } catch (error) {
    throw new SpecError(`the types: ${(error as Error).message}`)
  }
}
