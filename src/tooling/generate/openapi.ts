/**
 * The bundled spec as the generator walks it: references, schemas, operations.
 *
 * @module
 */
import { SpecError } from './error.js'
import { met } from './meet.js'

export { SpecError } from './error.js'

/** Does a part of the work; a mistake that does not say where it is was made here. */
export function within<T>(at: readonly string[], work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof SpecError && error.at === undefined) throw new SpecError(error.message, at)
    throw error
  }
}

/** Where an operation stands. */
export const atOperation = ({ path, method }: Pick<Operation, 'path' | 'method'>): readonly string[] => [
  'paths',
  path,
  method.toLowerCase(),
]

/** A JSON object of the spec. Its shape was checked by the linter, so members are read as they are needed. */
export type Json = { readonly [key: string]: Json } & { readonly [key: string]: unknown }

/** A schema of the spec, as far as the generator reads it. */
export interface Schema {
  readonly $ref?: string
  readonly type?: string | readonly string[]
  readonly description?: string
  readonly const?: unknown
  readonly enum?: readonly unknown[]
  readonly default?: unknown
  readonly example?: unknown
  readonly examples?: readonly unknown[]
  readonly pattern?: string
  readonly required?: readonly string[]
  readonly properties?: Readonly<Record<string, Schema>>
  readonly allOf?: readonly Schema[]
  readonly items?: Schema
  readonly minItems?: number
  readonly maxItems?: number
  readonly oneOf?: readonly Schema[]
  readonly anyOf?: readonly Schema[]
  readonly minimum?: number
  readonly [keyword: `x-${string}`]: unknown
}

/** The object behind a `$ref` of the bundled file, or the object itself. */
export function deref<T>(spec: Json, node: T): T {
  const ref = (node as { $ref?: unknown } | undefined)?.$ref
  if (typeof ref !== 'string') return node
  const path = ref.replace(/^#\//, '').split('/')
  const found = path.reduce<unknown>(
    (at, key) => (at as Json | undefined)?.[key.replaceAll('~1', '/').replaceAll('~0', '~')],
    spec,
  )
  if (found === undefined) throw new SpecError(`${ref}: points at nothing`)
  return deref(spec, found as T)
}

/** A schema with its `$ref` followed, what stands beside it kept, and its `allOf` merged. */
export function schemaOf(spec: Json, schema: Schema | undefined): Schema {
  const { $ref, allOf = [], ...own } = schema ?? {}
  if ($ref === undefined && allOf.length === 0) return own
  const target = $ref === undefined ? [] : [schemaOf(spec, deref(spec, { $ref } as Schema))]
  const parts = [...target, ...allOf.map((part) => schemaOf(spec, part)), own]
  return parts.reduce<Record<string, unknown>>(met, {})
}

/** One operation of the spec, its references followed. */
export interface Operation {
  readonly id: string
  readonly path: string
  readonly method: string
  readonly definition: Json
  /** Schema of the form body as it stands, `$ref` included; undefined when the operation has none. */
  readonly form: Schema | undefined
  readonly headers: readonly {
    readonly name: string
    readonly required: boolean
    readonly schema: Schema
    readonly description: unknown
  }[]
}

/** Media type of every request body. */
export const FORM = 'application/x-www-form-urlencoded'
const METHODS = ['get', 'put', 'post', 'delete', 'options', 'head', 'patch', 'trace']

/** All operations, in the order of the spec. */
export function operationsOf(spec: Json): Operation[] {
  const found: Operation[] = []
  for (const [path, item] of Object.entries(spec['paths'] ?? {})) {
    for (const [method, definition] of Object.entries(deref(spec, item) as Json)) {
      if (METHODS.includes(method)) found.push(operationOf(spec, path, method, item as Json, definition as Json))
    }
  }
  return found
}

/** Names that the client has of its own, or that would make it something else. */
const TAKEN = ['api', 'safe', 'batch', 'then', 'toJSON']

/** Header parameters that OpenAPI leaves to other parts of the description. */
const IGNORED = /^(accept|content-type|authorization)$/i

function operationOf(spec: Json, path: string, method: string, item: Json, definition: Json): Operation {
  const id = definition['operationId'] as unknown
  const refuse = (why: string) =>
    new SpecError(`${method.toUpperCase()} ${path}: ${why}`, atOperation({ path, method }))
  if (typeof id !== 'string' || !/^[A-Za-z_$][\w$]*$/.test(id) || TAKEN.includes(id) || id in {}) {
    throw refuse(
      `"operationId" must be the name of a method, and none of ${TAKEN.join(', ')} or what every object has. Received ${JSON.stringify(id)}`,
    )
  }
  if (path.includes('{')) throw refuse('parameters in the path are not supported')
  if (method === 'get' || method === 'head')
    throw refuse('an operation sends a form, so its method must be another one, such as POST')
  if (definition['security'] !== undefined) throw refuse('"security" of its own is not supported: every call is signed')
  const body = deref(spec, definition['requestBody'])
  const content = body?.['content'] as Json | undefined
  if (content && !content[FORM])
    throw refuse(`the request body must be ${FORM}. Received ${Object.keys(content).join(', ')}`)
  const form = content?.[FORM]?.['schema'] as Schema | undefined
  return {
    id,
    path,
    method: method.toUpperCase(),
    definition,
    form,
    headers: headersOf(spec, [item, definition], refuse),
  }
}

/** Header parameters; those of the operation stand for those of the path. */
function headersOf(spec: Json, from: readonly Json[], refuse: (why: string) => SpecError): Operation['headers'] {
  const parameters = from.flatMap((one) => list(one['parameters'])).map((one) => deref(spec, one))
  const headers = new Map<string, Operation['headers'][number]>()
  for (const one of parameters) {
    const [name, place] = [String(one['name']), String(one['in'])]
    if (place !== 'header') throw refuse(`parameters in "${place}" are not supported. Received "${name}"`)
    if (IGNORED.test(name)) continue
    const schema = withExample(spec, one)
    if (schema.type !== 'string')
      throw refuse(`the header parameter "${name}" must be a string. Received ${JSON.stringify(schema.type)}`)
    const [required, description] = [(one['required'] as unknown) === true, one['description'] as unknown]
    headers.set(name.toLowerCase(), { name, required, schema, description })
  }
  return [...headers.values()]
}

/** The schema of a parameter; OpenAPI lets its example stand beside it, alone or among named ones. */
function withExample(spec: Json, parameter: Json): Schema {
  const schema = schemaOf(spec, parameter['schema'] as unknown as Schema)
  const { example, examples = {} } = parameter as { readonly example?: unknown; readonly examples?: Json }
  const named = deref(spec, Object.values(examples)[0])?.['value']
  const told = example === undefined ? named : example
  return told === undefined ? schema : { examples: [told], ...schema }
}

function list(value: unknown): Json[] {
  return (value as Json[] | undefined) ?? []
}
