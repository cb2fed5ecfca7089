/**
 * Where the fields and headers of an operation stand in the spec, as JSON pointers into the published file.
 *
 * @module
 */
import { deref, entries, type Operation, type Schema, type Spec } from '../openapi.js'
import { step } from '../pointer.js'

/** A node of the spec, and where it stands. */
export interface Place {
  /** `toGroupId`, `toGroupId[]` for its items, the name of a header. */
  readonly field: string
  readonly pointer: string
  readonly node: object
}

interface Located<T> {
  readonly node: T
  readonly pointer: string
}

/** The node behind a `$ref`, with its own place. */
export function follow<T extends object>(spec: Spec, node: T, pointer: string): Located<T> {
  const $ref = '$ref' in node ? node.$ref : undefined
  return typeof $ref === 'string' ? { node: deref<T>(spec, { $ref }), pointer: $ref.slice(1) } : { node, pointer }
}

/** The schemas that must all hold where this one stands: itself, behind its `$ref`, in its `allOf`. */
function partsOf(spec: Spec, schema: Schema, pointer: string): Located<Schema>[] {
  const found = follow(spec, schema, pointer)
  const others = (found.node.allOf ?? []).flatMap((part, i) => partsOf(spec, part, `${found.pointer}/allOf/${i}`))
  // Keywords may stand beside a `$ref`.
  const beside = found.node === schema ? [] : [{ node: schema, pointer }]
  return [found, ...beside, ...others]
}

function schemaPlaces(spec: Spec, field: string, schema: Schema, pointer: string): Place[] {
  return partsOf(spec, schema, pointer).flatMap((part): Place[] => [
    { field, ...part },
    ...(part.node.items ? schemaPlaces(spec, `${field}[]`, part.node.items, `${part.pointer}/items`) : []),
  ])
}

/** Pointer of an operation. */
export const operationPointer = ({ path, method }: Operation): string => `/paths${step(path)}/${method.toLowerCase()}`

function formPlaces(spec: Spec, operation: Operation): Place[] {
  const { form, definition } = operation
  if (!form || !definition.requestBody) return []
  const body = follow(spec, definition.requestBody, `${operationPointer(operation)}/requestBody`)
  const [type = ''] = Object.keys(body.node.content)
  return partsOf(spec, form, `${body.pointer}/content${step(type)}/schema`).flatMap(({ node, pointer }) =>
    entries(node.properties).flatMap(([name, property]) =>
      schemaPlaces(spec, name, property, `${pointer}/properties${step(name)}`),
    ),
  )
}

function parameterPlaces(spec: Spec, operation: Operation): Place[] {
  const { parameters = [] } = operation.definition
  return parameters.flatMap((parameter, i): Place[] => {
    const { node, pointer } = follow(spec, parameter, `${operationPointer(operation)}/parameters/${i}`)
    if (!('name' in node)) return []
    const field = node.name.toLowerCase()
    const schema = 'schema' in node ? node.schema : undefined
    return [{ field, node, pointer }, ...(schema ? schemaPlaces(spec, field, schema, `${pointer}/schema`) : [])]
  })
}

/** Fields, their items, header parameters and signing headers of an operation. */
export function placesOf(spec: Spec, operation: Operation): Place[] {
  const schemes = entries(spec.components?.securitySchemes).map(([name, scheme]): Place => {
    const found = follow(spec, scheme, `/components/securitySchemes${step(name)}`)
    return { field: found.node.name, ...found }
  })
  return [...formPlaces(spec, operation), ...parameterPlaces(spec, operation), ...schemes]
}
