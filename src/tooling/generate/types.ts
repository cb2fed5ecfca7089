/**
 * `generated/openapi.ts`: the types, by openapi-typescript, with what it cannot do by itself.
 *
 * @module
 */
import openapiTS, { astToString, transformSchemaObject } from 'openapi-typescript'
import ts from 'typescript'
import { plainComments, tellOperations, withDescriptions } from './comments.js'
import { type Json, type Schema, SpecError } from './openapi.js'

const { factory } = ts

type Transform = NonNullable<NonNullable<Parameters<typeof openapiTS>[1]>['transform']>

/** A list of any length: `methods.ts` limits the lengths that the compiler knows. */
function listType(item: ts.TypeNode, { minItems = 0, maxItems = minItems }: Schema): ts.TypeNode {
  if (maxItems < minItems) {
    throw new SpecError(`a list must have minItems at most maxItems. Received ${minItems} and ${maxItems}`)
  }
  return factory.createTypeOperatorNode(ts.SyntaxKind.ReadonlyKeyword, factory.createArrayTypeNode(item))
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
