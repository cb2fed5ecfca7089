import type { Location, UserContext } from '@redocly/openapi-core'

/** A part of the spec with its place. */
export interface Part {
  readonly node: unknown
  readonly at: Location
}

export declare const FORM: 'application/x-www-form-urlencoded'
export declare const METHODS: readonly ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']
export declare const IGNORED_HEADERS: RegExp

export declare function follow(context: UserContext, node: unknown, from: Location): Part
export declare function keywordOf(
  context: UserContext,
  schema: unknown,
  at: Location,
  keyword: string,
): { readonly value: unknown; readonly at: Location } | undefined
export declare function fieldsOf(context: UserContext, schema: unknown, at: Location): Map<string, Part>
export declare function formOf(
  operation: unknown,
  context: UserContext,
): { readonly fields: ReadonlyMap<string, Part> } | undefined
export declare function answersOf(
  operation: unknown,
  context: UserContext,
): (Part & { readonly status: string; readonly from: Location })[]
export declare function writtenOut(context: UserContext, schema: unknown, at: Location): unknown
