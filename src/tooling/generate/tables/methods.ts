/**
 * `generated/fields.ts` and `generated/methods.ts`: what a call of each operation takes, as types.
 *
 * A list whose length is limited takes any list of its items, for the compiler rarely knows a length. Where it does, as
 * for a literal, a length that the contract refuses does not compile.
 *
 * @module
 */
import { commentOf } from '../comments.js'
import { itemCount } from '../constraint-words.js'
import { FORM, type Operation, operationsOf, propertiesOf, type Schema, type Spec, schemaOf } from '../openapi.js'
import { batchTable } from './client.js'

/** Up to this many, each allowed length is written out. Longer literals are not expected in code. */
const LONGEST_LITERAL = 100

/** A list field whose length is limited. */
interface LimitedList {
  readonly field: string
  readonly required: boolean
  readonly description: string | undefined
  /** The type parameter of the method that stands for the list. */
  readonly parameter: string
  /** The type of the list with its limits. */
  readonly guard: string
}

/** Names that the declarations use themselves. */
const TAKEN = ['Batches', 'ListOf', 'ListNotOf', 'NonNullable', 'Options', 'Promise', 'Results', 'Without']

/** `to-group_id` as the name of a type that is not taken yet: `ToGroupId`. */
function typeName(from: string, taken: ReadonlySet<string>): string {
  const words = from.split(/[^A-Za-z0-9$]+/).map((word) => word.charAt(0).toUpperCase() + word.slice(1))
  const letters = words.join('')
  const name = /^[A-Za-z$]/.test(letters) ? letters : `List${letters}`
  let unique = name
  for (let i = 2; taken.has(unique); i++) unique = `${name}${i}`
  return unique
}

const numbers = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, i) => from + i).join(' | ') || 'never'

/** The type of a list of `parameter` with its limits. */
function guardOf(parameter: string, schema: Schema, required: boolean): string | undefined {
  // A required list needs at least one item, because an empty list is not sent in a form.
  const least = schema.minItems || (required ? 1 : 0)
  const most = schema.maxItems ?? Number.POSITIVE_INFINITY
  const words = JSON.stringify(`must be a list of ${itemCount(least, most, schema['x-unit'])}`)
  if (most <= LONGEST_LITERAL) return `ListOf<${parameter}, ${numbers(least, most)}, ${words}>`
  return least === 0 ? undefined : `ListNotOf<${parameter}, ${numbers(0, least - 1)}, ${words}>`
}

/** The list fields of an operation that some literal is too long or too short for. */
function limitedLists(spec: Spec, { form }: Operation): LimitedList[] {
  const { required: names = [] } = schemaOf(spec, form)
  const taken = new Set(TAKEN)
  const lists: LimitedList[] = []
  for (const [field, schema] of propertiesOf(spec, form)) {
    const required = names.includes(field)
    if (schema.type !== 'array' || !(required || schema.minItems || schema.maxItems !== undefined)) continue
    const parameter = typeName(field, taken)
    taken.add(parameter)
    const guard = guardOf(parameter, schema, required)
    if (guard !== undefined) lists.push({ field, required, description: schema.description, parameter, guard })
  }
  return lists
}

/** True for a schema that is one of several: no interface can extend its type. */
function isUnion(spec: Spec, schema: Schema | undefined): boolean {
  const { oneOf, anyOf } = schemaOf(spec, schema)
  return oneOf !== undefined || anyOf !== undefined
}

/** A name as a type declares it. */
const declared = (name: string) => (/^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name))

/** One member of an object type. */
const member = ({ field, required }: LimitedList, type: string) =>
  `readonly ${declared(field)}${required ? '' : '?'}: ${type}`

/** The type of an operation's fields. It has a name, and an editor shows that in place of all of its members. */
function fieldsType(spec: Spec, { id, form }: Operation, name: string): string {
  const about = `/** The fields of \`${id}\`. */\nexport`
  if (!form) return `${about} type ${name} = Readonly<Record<string, never>>\n`
  const type = `Form<operations['${id}']>`
  return isUnion(spec, form) ? `${about} type ${name} = ${type}\n` : `${about} interface ${name} extends ${type} {}\n`
}

/** The name of the type of each operation's fields: `sendPing` takes `SendPingFields`. */
function fieldsNames(operations: readonly Operation[]): ReadonlyMap<string, string> {
  const taken = new Set<string>()
  const names = new Map<string, string>()
  for (const { id } of operations) {
    const name = typeName(`${id}Fields`, taken)
    taken.add(name)
    names.set(id, name)
  }
  return names
}

/** True when a call may leave its fields out. */
const isOptional = (spec: Spec, { form }: Operation) => !isUnion(spec, form) && !schemaOf(spec, form).required?.length

/**
 * The method of an operation: `readonly send: <const List …>(fields: SendFields & …, options?: Options) => …`.
 *
 * @param split a list of which any number is taken, as a batch does
 */
function methodType(spec: Spec, operation: Operation, name: string, result: string, split?: string): string {
  const lists = limitedLists(spec, operation).filter(({ field }) => field !== split)
  const parameters = lists.map(({ field, parameter, required }) => {
    const type = `${name}[${JSON.stringify(field)}]`
    const list = required ? type : `NonNullable<${type}>`
    // openapi-typescript knows no list that stands beside alternatives.
    return `const ${parameter} extends ${isUnion(spec, operation.form) ? 'readonly unknown[]' : list}`
  })
  // Repeats the field's description, because the member has no other comment in this intersection type.
  const guards = lists.map((list) => `${commentOf(list.description, '    ')}    ${member(list, list.guard)}\n`)
  const names = lists.map(({ field }) => JSON.stringify(field)).join(' | ')
  const generic = parameters.length > 0 ? `<${parameters.join(', ')}>` : ''
  const type = generic ? `Without<${name}, ${names}> & {\n${guards.join('')}  }` : name
  const fields = `fields${isOptional(spec, operation) ? '?' : ''}: ${type}`
  const { summary, description } = operation.definition
  const words = commentOf([summary, description].filter(Boolean).join('\n\n'), '  ')
  return `${words}  readonly ${operation.id}: ${generic}(${fields}, options?: Options) => ${result}\n`
}

/** An interface of methods. TypeScript wants the name of an unused type parameter to begin with an underscore. */
function methodsType(doc: string, name: string, results: string, methods: readonly string[]): string {
  const unused = methods.length === 0 ? '_' : ''
  const parameters = `${unused}Options, ${unused}${results} extends Record<keyof FieldsByOperation, unknown>`
  return `/** ${doc} */\nexport interface ${name}<${parameters}> {\n${methods.join('')}}\n`
}

const MADE = 'Made by `npm run generate`; edit spec/ instead.'

const FIELDS = `/** What each operation takes. ${MADE} */
import type { operations } from './openapi.js'

type Form<Operation> = Operation extends { requestBody?: { content: { '${FORM}': infer Fields } } }
  ? unknown extends Fields ? Readonly<Record<string, unknown>> : Fields
  : never

/** The fields but for those of these names. Unlike \`Omit\`, it works for a type that has fields of any name as well. */
export type Without<Fields, Names> = { [Name in keyof Fields as Name extends Names ? never : Name]: Fields[Name] }

/**
 * A list with one of these lengths. One of unknown length compiles too, and is checked when it is sent; for one whose
 * length is known to be another, the compiler quotes \`Words\`.
 */
export type ListOf<List extends readonly unknown[], Lengths extends number, Words extends string> = List &
  (number extends List['length'] ? unknown : List['length'] extends Lengths ? unknown : Words)

/** The same for a list that has none of these lengths. */
export type ListNotOf<List extends readonly unknown[], Lengths extends number, Words extends string> = List &
  (number extends List['length'] ? unknown : Extract<List['length'], Lengths> extends never ? unknown : Words)
`

/** @returns the sources of `fields.ts` and `methods.ts` */
export function generateMethods(spec: Spec): { readonly fields: string; readonly methods: string } {
  const operations = operationsOf(spec)
  const names = fieldsNames(operations)
  const nameOf = ({ id }: Operation) => names.get(id) ?? id
  const types = operations.map((one) => fieldsType(spec, one, nameOf(one)))
  const rows = operations.map((one) => `  /** Those of \`${one.id}\`. */\n  readonly ${one.id}: ${nameOf(one)}\n`)
  const methods = operations.map((one) => methodType(spec, one, nameOf(one), `Promise<Results['${one.id}']>`))
  const batches = operations.flatMap((one) => {
    const split = batchTable(spec, one)?.field
    return split === undefined ? [] : methodType(spec, one, nameOf(one), `Batches['${one.id}']`, split)
  })
  const used = ['ListNotOf', 'ListOf', 'Without'].filter((name) =>
    [...methods, ...batches].join('').includes(`${name}<`),
  )
  const imported = ['FieldsByOperation', ...used, ...names.values()].toSorted().join(', ')
  const all = `/** The fields of each operation. */\nexport interface FieldsByOperation {\n${rows.join('')}}\n`
  return {
    fields: [FIELDS, ...types, all].join('\n'),
    methods: [
      `/** The methods of the operations. ${MADE} */\nimport type { ${imported} } from './fields.js'\n`,
      methodsType('A method for each operation.', 'MethodsOf', 'Results', methods),
      methodsType('A method for each operation with a list that can be split.', 'BatchesOf', 'Batches', batches),
    ].join('\n'),
  }
}
