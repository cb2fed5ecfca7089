/**
 * The bundled spec as the docs read it: the OpenAPI types of openapi-typescript with our own keywords, and the functions
 * of the generator that read it.
 *
 * No other file of the docs imports the generator.
 *
 * @module
 */
import type {
  ExampleObject,
  ExternalDocumentationObject,
  MediaTypeObject,
  OpenAPI3,
  OperationObject,
  RequestBodyObject,
  ResponseObject,
} from 'openapi-typescript'
import * as openapi from '../../generate/openapi.js'
import { WORDS } from '../../generate/phrases.js'
import * as client from '../../generate/tables/client.js'
import * as security from '../../generate/tables/security.js'

/** A schema, as far as the docs read it. The library's own type is a union that forbids most of these side by side. */
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
  readonly minLength?: number
  readonly maxLength?: number
  readonly minimum?: number
  readonly items?: Schema
  readonly minItems?: number
  readonly uniqueItems?: boolean
  readonly properties?: Readonly<Record<string, Schema>>
  readonly required?: readonly string[]
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly 'x-max-bytes'?: number
  readonly 'x-message-types'?: Readonly<
    Record<
      string,
      { readonly schema: Schema; readonly counted: boolean; readonly stored: boolean; readonly status?: boolean }
    >
  >
  readonly 'x-assumption'?: string
}

/** A named example of a request or an answer. */
export interface ExampleNode extends ExampleObject {
  readonly $ref?: string
  readonly value?: unknown
  readonly 'x-assumption'?: string
  readonly 'x-retry'?: 'never' | 'after-wait' | 'unknown'
}

/** What a body of one media type looks like. */
export interface MediaNode extends Omit<MediaTypeObject, 'schema' | 'examples'> {
  readonly schema?: Schema
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
export interface OperationNode extends Omit<OperationObject, 'requestBody' | 'responses'> {
  readonly requestBody?: RequestBodyNode
  readonly responses?: Readonly<Record<string, ResponseNode>>
  readonly 'x-rate-limit'?: {
    readonly limit: number
    /** Milliseconds. */
    readonly period: number
    /** The list field whose length is the price of a call. */
    readonly cost?: string
    readonly 'x-assumption'?: string
  }
  readonly 'x-is'?: readonly string[]
  readonly 'x-is-not'?: readonly string[]
  readonly 'x-codeSamples'?: readonly { readonly lang: string; readonly label?: string; readonly source: string }[]
}

/** A header that signs a call. */
export interface SchemeNode {
  readonly name: string
  readonly description?: string
  readonly 'x-signature'?: {
    readonly algorithm: string
    readonly encoding: string
    readonly of: readonly string[]
    readonly vector?: Readonly<Record<string, string>>
  }
  readonly 'x-aliases'?: readonly string[]
  readonly 'x-assumption'?: string
}

/** A host. */
export interface ServerNode {
  readonly url: string
  readonly description?: string
  readonly 'x-region'?: string
  readonly 'x-backup'?: true
}

/** The bundled spec. */
export interface Spec extends Omit<OpenAPI3, 'servers' | 'paths' | 'components'> {
  readonly servers?: readonly ServerNode[]
  readonly paths?: Readonly<Record<string, { readonly post?: OperationNode }>>
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>
    readonly responses?: Readonly<Record<string, ResponseNode>>
    readonly securitySchemes?: Readonly<Record<string, SchemeNode>>
  }
}

/** One operation of the spec, its references followed. */
export interface Operation {
  readonly id: string
  readonly path: string
  readonly method: string
  readonly definition: OperationNode
  /** Schema of the form body, with its `$ref` not followed; undefined when the operation has none. */
  readonly form: Schema | undefined
  readonly headers: readonly {
    readonly name: string
    readonly required: boolean
    readonly schema: Schema
    readonly description?: string
  }[]
}

/** The functions of the generator, by the types above. */
interface Generator {
  /** The object behind a `$ref` of the bundled file, or the object itself. */
  readonly deref: <T extends object>(spec: Spec, node: T) => T
  /** A schema merged with the target of its `$ref` and the parts of its `allOf`. */
  readonly schemaOf: (spec: Spec, schema: Schema | undefined) => Schema
  /** All operations, in the order of the spec. */
  readonly operationsOf: (spec: Spec) => Operation[]
  /** The fields that tell a success, with the values that do. */
  readonly marksOf: (spec: Spec, schema: Schema | undefined) => ReadonlyMap<string, readonly unknown[]>
  readonly securityTable: (spec: Spec) => { readonly nonceLength?: number }
}

// The generator types the same JSON by an index signature, which no interface is assignable to.
const generator = { ...openapi, ...client, ...security } as unknown as Generator
export const deref: Generator['deref'] = generator.deref
export const schemaOf: Generator['schemaOf'] = generator.schemaOf
export const operationsOf: Generator['operationsOf'] = generator.operationsOf
export const marksOf: Generator['marksOf'] = generator.marksOf
export const securityTable: Generator['securityTable'] = generator.securityTable

/** Names and values of an object that may be missing. */
export const entries = <T>(object: Readonly<Record<string, T>> | undefined): [string, T][] =>
  Object.entries(object ?? {})

/** The security schemes, by name. */
export const schemesOf = (spec: Spec): [string, SchemeNode][] => entries(spec.components?.securitySchemes)

/** What each keyword of a schema asks for, in words: `at most 64 characters`. */
export function limitPhrases(schema: Schema): string[] {
  const keywords: Readonly<Record<string, unknown>> = { ...schema }
  return (
    Object.entries(WORDS)
      .filter(([keyword]) => keyword in keywords && keyword !== 'additionalProperties')
      // Each phrase takes the value of its own keyword, which the table cannot say.
      .map(([keyword, phrase]) => phrase(keywords[keyword] as never, keywords))
  )
}
