/**
 * `generated/validators.js` and its types, by Ajv standalone: no `eval`, no `require`, nothing to import at run time.
 *
 * @module
 */
import { Script } from 'node:vm'
import type { Ajv2020 } from 'ajv/dist/2020.js'
import standalone from 'ajv/dist/standalone/index.js'
import { bare, createAjv, formSchema, headersSchema, mapValues, securitySchema } from './ajv.js'
import {
  atOperation,
  deref,
  type Json,
  type Operation,
  operationsOf,
  type Schema,
  SpecError,
  within,
} from './openapi.js'
import { typeWords, WORDS } from './phrases.js'
import { successOf } from './tables/answers.js'
import { messageTypesOf } from './tables/message-types.js'

/** The same count as Ajv's own helper, which its output would `require`: characters, a surrogate pair being one. */
const CHARACTERS = `const func$ = (text) => {
  let pairs = 0
  for (let i = 1; i < text.length; i++) if ((text.charCodeAt(i - 1) & 0xfc00) === 0xd800 && (text.charCodeAt(i) & 0xfc00) === 0xdc00) pairs++
  return text.length - pairs
}`

/** How Ajv notes a misfit, twelve lines each time; `noted` is the same in one. */
const NOTE =
  /const (err\d+) = \{instancePath(?<path>:[^\n]+?)?,schemaPath:"(?:[^"\\\n]|\\.)*",(?<facts>keyword:[^\n]+)\};\nif\(vErrors === null\)\{\nvErrors = \[\1\];\n\}\nelse \{\nvErrors\.push\(\1\);\n\}\nerrors\+\+;/g

/** A note in short: where, which keyword, and what it asks for. A required property is noted where it should be. */
function noted(_match: string, _name: string, path: string | undefined, facts: string): string {
  const place = path?.replace(/^:instancePath\+/, '')
  const [, keyword = '', params = '', message = ''] = /^keyword:"([^"]+)",params:(.*),message:(.*)$/.exec(facts) ?? []
  if (keyword === 'required') {
    const missing = (JSON.parse(/^\{missingProperty: (".*")\}$/.exec(params)?.[1] ?? '""') as string)
      .replaceAll('~', '~0')
      .replaceAll('/', '~1')
    return `note(${place ? `${place}+` : ''}${JSON.stringify(`/${missing}`)}, "required", "required");`
  }
  const known = keyword === 'type' || keyword in WORDS
  const words =
    known && /^"(?:[^"\\]|\\.)*"$/.test(message) ? (JSON.parse(message) as string) : `a value that fits "${keyword}"`
  return `note(${place ?? '""'}, ${JSON.stringify(keyword)}, ${JSON.stringify(keyword === 'type' ? typeWords(words) : words)});`
}

/** The head of each of Ajv's functions, whose further parameters only keywords read that are not supported. */
const HEAD = /\(data, \{instancePath="", parentData, parentDataProperty, rootData=data\}=\{\}\)\{/g
const START = /^let vErrors = null;\nlet errors = 0;$/gm
const NOTING = `let vErrors = null, errors = 0;
const note = (at, keyword, expected) => { errors = (vErrors ??= []).push({instancePath: instancePath + at, keyword, expected}) };`
const CALL = /, \{instancePath(?::(.+?))?,parentData:.+?,parentDataProperty:.+?,rootData\}\)/g

/** Code with nothing between its quotes: what looks like code in a text of the spec is none. */
const withoutTexts = (code: string) => code.replaceAll(/"(?:[^"\\\n]|\\.)*"/g, '""')

/** Drops Ajv's copies of the schemas, but for those that it looks something up in. */
function withoutCopies(code: string): string {
  const used = withoutTexts(code).match(/\bschema\d+\b/g) ?? []
  const once = new Set(used.filter((name, _, all) => all.indexOf(name) === all.lastIndexOf(name)))
  return code.replaceAll(/^const (schema\d+) = .*;\n/gm, (line, name: string) => (once.has(name) ? '' : line))
}

/** Makes Ajv's output stand alone, and fails when it does not. */
function detach(code: string): string {
  const detached = withoutCopies(code)
    .replace(/^"use strict";/, '')
    .replaceAll(/^const (func\d+) = require\("ajv\/dist\/runtime\/ucs2length"\)\.default;$/gm, (_, name: string) =>
      CHARACTERS.replace('func$', name),
    )
    .replaceAll(/^validate\d+\.evaluated = .*$/gm, '')
    .replaceAll(NOTE, noted)
    .replaceAll(HEAD, '(data, instancePath = "") {')
    .replaceAll(START, NOTING)
    .replaceAll(CALL, (_, path = 'instancePath') => `, ${path})`)
    .replaceAll(/^export const /gm, 'const ')
    .replaceAll(/\n{2,}/g, '\n')
  const line = withoutTexts(detached)
    .split('\n')
    .findIndex((one) => /\b(require|eval|Function)\s*\(|(?<!\.)parentData|const err\d+ =|vErrors = \[/.test(one))
  if (line >= 0) {
    const around = detached
      .split('\n')
      .slice(Math.max(0, line - 2), line + 1)
      .join(' ')
    const keyword = /keyword:"([^"]+)"/.exec(around)?.[1]
    throw new SpecError(
      `a schema uses ${keyword ? `"${keyword}"` : 'a keyword'} in a way that the validators do not support`,
    )
  }
  try {
    new Script(`'use strict';${detached}`)
  } catch {
    throw new SpecError('the validators of a schema are not JavaScript; please report it')
  }
  return detached
}

const map = (entries: readonly (readonly [string, string])[]) =>
  `{\n${entries.map(([key, name]) => `  ${JSON.stringify(key)}: ${name},\n`).join('')}}`

const HEADER = '/** Checks of requests and answers. Made by `npm run generate`; edit spec/ instead. */\n'

/**
 * @returns the sources of `validators.js` and `validators.d.ts`
 * @throws SpecError for a schema that they do not support, at its operation
 */
export function generateValidators(spec: Json): { js: string; dts: string } {
  try {
    return validatorsOf(spec, operationsOf(spec))
  } catch (error) {
    // Which one it is shows when each is made alone.
    for (const one of operationsOf(spec)) within(atOperation(one), () => validatorsOf(spec, [one]))
    throw error
  }
}

function validatorsOf(spec: Json, operations: readonly Operation[]): { js: string; dts: string } {
  const ajv = createAjv()
  const components = { schemas: mapValues(spec['components']?.['schemas'] ?? {}, bare) }
  ajv.addSchema({ $id: 'spec', components }, 'spec', false, false)
  // Alike schemas, such as all those that leave their fields open, share one function.
  const names = new Map<string, string>()
  const refs: Record<string, string> = {}
  const compiled = (label: string, schema: Schema): string => {
    const isReference = schema.$ref !== undefined && Object.keys(bare(schema) as object).length === 1
    const alike = JSON.stringify(bare(isReference ? deref(spec, schema) : schema))
    const known = names.get(alike)
    if (known) return known
    const name = `check${names.size}`
    names.set(alike, name)
    refs[name] = isReference ? `spec${schema.$ref}` : name
    compile(ajv, label, refs[name], isReference ? undefined : schema)
    return name
  }
  const table = (check: (operation: Operation) => Schema) =>
    map(operations.map((one) => [one.id, compiled(one.id, check(one))]))
  const sections = [
    `export const requests = ${table(({ form }) => formSchema(spec, form))}`,
    `export const headers = ${table(({ headers }) => headersSchema(headers))}`,
    `export const answers = ${table((one) => successOf(spec, one).schema ?? {})}`,
    `export const messages = ${map([...messageTypesOf(spec).types].map(([type, { schema }]) => [type, compiled(type, schema)]))}`,
    `export const security = ${compiled('security', securitySchema(spec, 'x-schema'))}\n`,
    `export const accepted = ${compiled('accepted', securitySchema(spec, 'x-accepts'))}\n`,
  ]
  return { js: [HEADER, detach(standalone.default(ajv, refs)), ...sections].join('\n'), dts: DECLARATIONS }
}

/** @param schema undefined for one that is known */
function compile(ajv: Ajv2020, label: string, name: string, schema: Schema | undefined): void {
  try {
    if (schema) ajv.addSchema(bare(schema) as object, name)
    ajv.getSchema(name)
  } catch (error) {
    throw new SpecError(`schema of ${label}: ${(error as Error).message}`)
  }
}

const DECLARATIONS = `${HEADER}
/** One thing that does not fit: where in the value, which keyword of the schema, and what that asks for, in words. */
export interface Misfit {
  readonly instancePath: string
  readonly keyword: string
  readonly expected: string
}

/** True when the value fits; else \`errors\` says what does not, until the next call. */
export interface Validate {
  (value: unknown): boolean
  errors?: readonly Misfit[] | null
}

/** Request fields, by operation. */
export declare const requests: Readonly<Record<string, Validate>>
/** Header parameters by lower-case name, by operation. */
export declare const headers: Readonly<Record<string, Validate>>
/** Successful answers, by operation. */
export declare const answers: Readonly<Record<string, Validate>>
/** The JSON inside a message, by message type. */
export declare const messages: Readonly<Record<string, Validate>>
/** Security headers by the name of their scheme, as strictly as the spec says. */
export declare const security: Validate
/** The same headers in whatever form is accepted. */
export declare const accepted: Validate
`
