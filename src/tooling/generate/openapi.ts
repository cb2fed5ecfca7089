/**
 * The bundled spec as the generator reads it: its types, references, merged schemas and operations.
 *
 * The linter has checked the spec before (`src/tooling/lint`). What is wrong here nevertheless is a mistake of ours.
 *
 * @module
 */
import type {
  ExampleObject,
  ExternalDocumentationObject,
  MediaTypeObject,
  OpenAPI3,
  OperationObject,
  ParameterObject,
  PathItemObject,
  ReferenceObject,
  RequestBodyObject,
  ResponseObject,
  ServerObject,
} from 'openapi-typescript'
import { FORM, IGNORED_HEADERS, METHODS } from '../lint/nodes.js'
import { keysOf, valueAt } from './pointer.js'

export { isObject } from '../../core/record.js'
export { FORM } from '../lint/nodes.js'

/** A mistake in the spec. Its message is what a person reads: one line for each mistake. */
export class SpecError extends Error {
  override name = 'SpecError'
}

/** What nobody could confirm, by its id. */
export type Assumptions = Readonly<Record<string, Assumption>>

/** One thing that nobody could confirm. */
export interface Assumption {
  /** One sentence. */
  readonly claim: string
  /** `answer` where it names status or code; else it is about what is accepted and what is refused. */
  readonly about?: 'rule' | 'answer'
  /** What speaks for it. */
  readonly evidence?: string
  /** The rules, by keyword, and the vectors, by name, that settle it. */
  readonly settledBy?: readonly string[]
  /** Why nothing settles it. */
  readonly unsettled?: string
}

/** One message type. */
export interface MessageType {
  readonly schema: Schema
  readonly counted: boolean
  readonly stored: boolean
  readonly status?: boolean
}

/** A text that the schema allows but that is probably a mistake. */
export interface Suspicion {
  readonly pattern: string
  readonly text: string
  readonly examples: readonly string[]
  readonly counterExamples: readonly string[]
}

/** A schema, as far as the generator reads it. The library's own type is a union that forbids most of these side by side. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly externalDocs?: ExternalDocumentationObject
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly example?: unknown
  readonly examples?: readonly unknown[]
  readonly pattern?: string
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly maximum?: number
  readonly exclusiveMinimum?: number
  readonly exclusiveMaximum?: number
  readonly multipleOf?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly uniqueItems?: boolean
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly additionalProperties?: boolean | Schema
  readonly minProperties?: number
  readonly maxProperties?: number
  readonly allOf?: readonly Schema[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly 'x-max-bytes'?: number
  readonly 'x-unit'?: string
  readonly 'x-pattern-words'?: string
  readonly 'x-reserved-prefix'?: string
  readonly 'x-message-types'?: Readonly<Record<string, MessageType>>
  readonly 'x-content-field'?: string
  readonly 'x-flag'?: string
  readonly 'x-for-each'?: string
  readonly 'x-value-of'?: string
  readonly 'x-called-path'?: boolean
  readonly 'x-error-part'?: 'code' | 'message'
  readonly 'x-suspicious'?: Readonly<Record<string, Suspicion>>
  readonly 'x-assumption'?: Assumptions
}

/** A named example of a request or an answer. */
export interface ExampleNode extends ExampleObject {
  readonly $ref?: string
  readonly value?: unknown
  readonly 'x-assumption'?: Assumptions
  readonly 'x-raised-by'?: readonly string[]
  readonly 'x-causes'?: readonly string[]
  readonly 'x-diagnosis'?: readonly string[]
  readonly 'x-retry'?: 'never' | 'after-wait' | 'unknown'
}

/** What a body of one media type looks like. */
export interface MediaNode extends Omit<MediaTypeObject, 'schema' | 'examples'> {
  readonly schema?: Schema
  readonly examples?: Readonly<Record<string, ExampleNode>>
}

/** A limit of calls. */
export interface RateLimit {
  readonly limit: number
  /** Milliseconds. */
  readonly period: number
  /** The list field whose length is the price of a call. */
  readonly cost?: string
  /** What is counted, in the plural: `messages`. */
  readonly unit?: string
  readonly docs?: string
  readonly 'x-assumption'?: Assumptions
}

/** A header parameter, by the spec. */
export interface ParameterNode extends Omit<ParameterObject, 'schema' | 'examples'> {
  readonly schema?: Schema
  readonly example?: unknown
  readonly examples?: Readonly<Record<string, ExampleNode>>
}

/** The body of a request. */
export interface RequestBodyNode extends Omit<RequestBodyObject, 'content'> {
  readonly $ref?: string
  readonly content: Readonly<Record<string, MediaNode>>
}

/** An answer. */
export interface ResponseNode extends Omit<ResponseObject, 'content'> {
  readonly $ref?: string
  readonly content?: Readonly<Record<string, MediaNode>>
}

/** An operation, by the spec. */
export interface OperationNode extends Omit<OperationObject, 'parameters' | 'requestBody' | 'responses'> {
  readonly parameters?: readonly (ParameterNode | ReferenceObject)[]
  readonly requestBody?: RequestBodyNode
  readonly responses?: Readonly<Record<string, ResponseNode>>
  readonly 'x-rate-limit'?: RateLimit
  readonly 'x-is'?: readonly string[]
  readonly 'x-is-not'?: readonly string[]
}

type Method = (typeof METHODS)[number]

/** The operations of a path, and the parameters that they share. */
export interface PathNode
  extends Omit<PathItemObject, Method | 'parameters'>,
    Readonly<Partial<Record<Method, OperationNode>>> {
  readonly $ref?: string
  readonly parameters?: readonly (ParameterNode | ReferenceObject)[]
}

/** A header that signs a call. */
export interface SchemeNode {
  readonly type: string
  readonly in: string
  readonly name: string
  readonly description?: string
  readonly externalDocs?: ExternalDocumentationObject
  readonly 'x-signature'?: {
    readonly algorithm: string
    readonly encoding: string
    readonly of: readonly string[]
    readonly docs?: string
    readonly vector?: Readonly<Record<string, string>>
  }
  readonly 'x-aliases'?: readonly string[]
  readonly 'x-schema'?: Schema
  readonly 'x-accepts'?: Schema
  readonly 'x-assumption'?: Assumptions
}

/** A host. */
export interface ServerNode extends Partial<ServerObject> {
  readonly url: string
  readonly 'x-region'?: string
  readonly 'x-backup'?: true
}

/** The bundled spec. */
export interface Spec extends Omit<OpenAPI3, 'servers' | 'paths' | 'components'> {
  readonly servers?: readonly ServerNode[]
  readonly paths?: Readonly<Record<string, PathNode>>
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>
    readonly responses?: Readonly<Record<string, ResponseNode>>
    readonly securitySchemes?: Readonly<Record<string, SchemeNode>>
  }
}

/** Members of an object that may be missing. */
export const entries = <T>(object: Readonly<Record<string, T>> | undefined): [string, T][] =>
  Object.entries(object ?? {})

/** A member of the object's own: a field may be called `constructor`. */
export const ownValue = <T>(object: Readonly<Record<string, T>> | undefined, name: string): T | undefined =>
  object && Object.hasOwn(object, name) ? object[name] : undefined

/** The object behind a `$ref` of the bundled file, or the object itself. */
export function deref<T extends object>(spec: Spec, node: T | ReferenceObject): T {
  const $ref = '$ref' in node ? node.$ref : undefined
  // What has no `$ref` is the object itself; the compiler cannot know it of a T.
  if (typeof $ref !== 'string') return node as T
  const found = valueAt(spec, keysOf($ref))
  if (typeof found !== 'object' || found === null) throw new Error(`${$ref} points at nothing`)
  // The linter has checked that a reference points at what may stand in its place.
  return deref(spec, found as T)
}

/** Merges a keyword: the narrower bound, all names of `required`. For keywords not handled here, the second schema wins. */
function mergeKeyword(keyword: keyof Schema, one: Schema, other: Schema): Schema {
  switch (keyword) {
    case 'minimum':
    case 'exclusiveMinimum':
    case 'minLength':
    case 'minItems':
    case 'minProperties':
      return { [keyword]: Math.max(one[keyword] ?? -Infinity, other[keyword] ?? -Infinity) }
    case 'maximum':
    case 'exclusiveMaximum':
    case 'maxLength':
    case 'maxItems':
    case 'maxProperties':
    case 'x-max-bytes':
      return { [keyword]: Math.min(one[keyword] ?? Infinity, other[keyword] ?? Infinity) }
    case 'uniqueItems':
      return { uniqueItems: Boolean(one.uniqueItems || other.uniqueItems) }
    case 'additionalProperties':
      return one.additionalProperties === false ? { additionalProperties: false } : {}
    case 'required':
      return { required: [...new Set([...(one.required ?? []), ...(other.required ?? [])])] }
    case 'enum':
      return { enum: (one.enum ?? []).filter((value) => other.enum?.includes(value)) }
    case 'properties':
      return { properties: mergeProperties(one.properties, other.properties) }
    case 'items':
      return one.items && other.items ? { items: { allOf: [one.items, other.items] } } : {}
    default:
      return {}
  }
}

/** Fields that both schemas describe must fit both. */
function mergeProperties(one: Schema['properties'], other: Schema['properties']): NonNullable<Schema['properties']> {
  const both = entries(other).map(([name, schema]): [string, Schema] => {
    const before = ownValue(one, name)
    return [name, before === undefined ? schema : { allOf: [before, schema] }]
  })
  return { ...one, ...Object.fromEntries(both) }
}

/** Two schemas that must both hold, as one. Descriptions and the like are those of the second. */
function mergeSchemas(one: Schema, other: Schema): Schema {
  // The keys of a Schema: TypeScript does not type those of Object.keys.
  const shared = (Object.keys(other) as (keyof Schema)[]).filter((keyword) => keyword in one)
  const merged = shared.map((keyword) => mergeKeyword(keyword, one, other))
  return Object.assign({}, one, other, ...merged)
}

/** A schema with its `$ref` followed, what stands beside it kept, and its `allOf` merged. */
export function schemaOf(spec: Spec, schema: Schema | undefined): Schema {
  const { $ref, allOf = [], ...own } = schema ?? {}
  if ($ref === undefined && allOf.length === 0) return own
  const target = $ref === undefined ? [] : [schemaOf(spec, deref<Schema>(spec, { $ref }))]
  return [...target, ...allOf.map((part) => schemaOf(spec, part)), own].reduce(mergeSchemas, {})
}

/** Fields of a schema, with their references followed. */
export const propertiesOf = (spec: Spec, schema: Schema | undefined): [string, Schema][] =>
  entries(schemaOf(spec, schema).properties).map(([name, property]) => [name, schemaOf(spec, property)])

/** The security schemes, by name. */
export const schemesOf = (spec: Spec): [string, SchemeNode][] => entries(spec.components?.securitySchemes)

/** A header parameter of an operation. */
export interface Header {
  readonly name: string
  readonly required: boolean
  readonly schema: Schema
  readonly description: string | undefined
}

/** One operation of the spec, its references followed. */
export interface Operation {
  readonly id: string
  readonly path: string
  readonly method: string
  readonly definition: OperationNode
  /** The form body; undefined when the operation has none. */
  readonly media: MediaNode | undefined
  /** Schema of the form body as it stands, `$ref` included; undefined when the operation has none. */
  readonly form: Schema | undefined
  readonly headers: readonly Header[]
}

/** All operations, in the order of the spec. */
export function operationsOf(spec: Spec): Operation[] {
  return entries(spec.paths).flatMap(([path, node]) => {
    const item = deref(spec, node)
    const methods = Object.keys(item).flatMap((key) => METHODS.find((one) => one === key) ?? [])
    return methods.flatMap((method) => {
      const definition = item[method]
      return definition ? [operationOf(spec, path, method, item, definition)] : []
    })
  })
}

function operationOf(spec: Spec, path: string, method: string, item: PathNode, definition: OperationNode): Operation {
  const body = definition.requestBody && deref(spec, definition.requestBody)
  const media = body?.content[FORM]
  return {
    id: definition.operationId ?? '',
    path,
    method: method.toUpperCase(),
    definition,
    media,
    form: media?.schema,
    headers: headersOf(spec, [...(item.parameters ?? []), ...(definition.parameters ?? [])]),
  }
}

/** Header parameters; those of the operation come last and stand for those of the path. */
function headersOf(spec: Spec, parameters: readonly (ParameterNode | ReferenceObject)[]): Header[] {
  const headers = new Map<string, Header>()
  for (const node of parameters) {
    const parameter = deref<ParameterNode>(spec, node)
    const { name, required = false, description } = parameter
    if (IGNORED_HEADERS.test(name)) continue
    headers.set(name.toLowerCase(), { name, required, schema: parameterSchema(spec, parameter), description })
  }
  return [...headers.values()]
}

/** The schema of a parameter; OpenAPI lets its example stand beside it, alone or among named ones. */
function parameterSchema(spec: Spec, { schema, example, examples = {} }: ParameterNode): Schema {
  const whole = schemaOf(spec, schema)
  const [first] = Object.values(examples)
  const given = example ?? (first && deref(spec, first).value)
  return given === undefined ? whole : { examples: [given], ...whole }
}
