/**
 * What the pages say of the spec, in plain objects: one derivation for HTML, Markdown and collections.
 *
 * Descriptions are Markdown, as in the spec.
 *
 * @module
 */
import { deref, type Json, type Operation, operationsOf, type Schema, schemaOf } from '../../generate/openapi.js'
import { marksOf } from '../../generate/tables/client.js'
import { formExample } from './examples.js'
import { assumed, entries, type Field, fieldOf, fieldsOf, type Link, link, said, text } from './fields.js'

/** A named example. */
export interface Example {
  readonly name: string
  readonly summary: string
  readonly description: string
  readonly value: unknown
}

/** A predefined message type. */
export interface MessageType {
  readonly name: string
  readonly description: string
  readonly counted: boolean
  readonly stored: boolean
  readonly status: boolean
  readonly fields: readonly Field[]
  /** Content made of the fields' examples; undefined where no field is known. */
  readonly example: string | undefined
  readonly assumptions: readonly string[]
}

/** A way in which a call fails. */
export interface Failure extends Example {
  readonly status: number
  readonly code: string
  readonly retry: string | undefined
  readonly assumptions: readonly string[]
}

/** One operation. */
export interface Call {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly is: readonly string[]
  readonly isNot: readonly string[]
  readonly samples: readonly { readonly label: string; readonly lang: string; readonly source: string }[]
  readonly body: string
  readonly fields: readonly Field[]
  readonly headers: readonly Field[]
  /** Requests; at least one. */
  readonly examples: readonly Example[]
  readonly types: readonly MessageType[]
  readonly success: {
    readonly status: string
    /** Fields of the answer that tell a success, and the values that do. */
    readonly marks: readonly (readonly [name: string, values: readonly unknown[]])[]
    readonly description: string
    readonly fields: readonly Field[]
    readonly examples: readonly Example[]
  }
  readonly failures: readonly Failure[]
  readonly rate:
    | {
        readonly limit: number
        readonly period: number
        readonly cost: string | undefined
        readonly assumptions: readonly string[]
      }
    | undefined
  readonly docs: Link | undefined
}

const texts = (value: unknown): string[] => (Array.isArray(value) ? value.map(String) : [])

function examplesOf(spec: Json, media: Json | undefined): (Example & { readonly node: Json })[] {
  return entries(media?.['examples'] as Record<string, Json> | undefined).map(([name, found]) => {
    const node = deref(spec, found)
    const [summary, description] = [text(node['summary']), text(node['description'])]
    return { name, summary: summary || name, description, value: node['value'] as unknown, node }
  })
}

/** The named examples of a request, or one made of those of its fields. */
function requestsOf(spec: Json, media: Json | undefined, form: Schema | undefined): Example[] {
  const named = examplesOf(spec, media)
  if (named.length > 0) return named
  return [{ name: 'example', summary: 'The examples of the fields', description: '', value: formExample(spec, form) }]
}

/** An object made of the first example of each field that has one; undefined when none has. */
function madeOf(spec: Json, node: Schema | undefined): unknown {
  const made = entries(schemaOf(spec, node).properties).flatMap(([name, one]) => {
    const value = schemaOf(spec, one).examples?.[0]
    return value === undefined ? [] : [[name, value] as const]
  })
  return made.length === 0 ? undefined : Object.fromEntries(made)
}

function typesOf(spec: Json, form: Schema | undefined): MessageType[] {
  const holder = entries(schemaOf(spec, form).properties).find(([, one]) => schemaOf(spec, one)['x-message-types'])
  const rows = holder && (schemaOf(spec, holder[1])['x-message-types'] as Record<string, Json>)
  const types = entries(rows).map(([name, row]) => {
    const schema = schemaOf(spec, row['schema'] as unknown as Schema)
    const example = madeOf(spec, schema)
    return {
      name,
      description: said(schema),
      counted: (row['counted'] as unknown) === true,
      stored: (row['stored'] as unknown) === true,
      status: (row['status'] as unknown) === true,
      fields: fieldsOf(spec, schema),
      example: example === undefined ? undefined : JSON.stringify(example),
      assumptions: assumed(schema),
    }
  })
  return types.toSorted((a, b) => Number(b.status) - Number(a.status))
}

/** What `x-retry` means for who calls. */
const RETRY: Readonly<Record<string, string>> = {
  never: 'No: unchanged, it fails again.',
  'after-wait': 'Yes, after a wait: nothing was processed.',
  unknown: 'Only if twice does no harm: it may have been processed.',
}

function failuresOf(spec: Json, status: string, media: Json | undefined): Failure[] {
  return examplesOf(spec, media).map(({ node, ...example }) => {
    const code = String((node['value'] as Json | undefined)?.['code'] ?? status)
    const summary = example.summary.replace(new RegExp(`^${code}, `), '')
    const retry = RETRY[text(node['x-retry'])]
    return { ...example, summary, status: Number(status), code, retry, assumptions: assumed(node) }
  })
}

function callOf(spec: Json, { id, path, method, definition, form, headers }: Operation): Call {
  const answers = entries(definition['responses'] as Record<string, Json> | undefined).map(([status, found]) => {
    const response = deref(spec, found)
    return { status, response, media: response['content']?.['application/json'] }
  })
  const good = answers.find(({ status }) => status.startsWith('2'))
  const body = deref(spec, definition['requestBody'] as Json | undefined)
  const media = Object.values((body?.['content'] ?? {}) as Record<string, Json>)[0]
  const rate = definition['x-rate-limit'] as { limit: number; period: number; cost?: string } | undefined
  const schema = form && schemaOf(spec, form)
  return {
    id,
    path,
    method,
    summary: text(definition['summary']) || id,
    description: text(definition['description']),
    is: texts(definition['x-is']),
    isNot: texts(definition['x-is-not']),
    samples: ((definition['x-codeSamples'] ?? []) as unknown as Call['samples']).map((one) => ({
      ...one,
      label: one.label ?? one.lang,
    })),
    body: [text(body?.['description']), said(schema)].join(' ').trim(),
    fields: fieldsOf(spec, form),
    headers: headers.map((one) => headerOf(spec, one)),
    examples: requestsOf(spec, media, form),
    types: typesOf(spec, form),
    success: {
      status: good?.status ?? '',
      marks: [...marksOf(spec, good?.media?.['schema'] as Schema | undefined)],
      description: text(good?.response['description']),
      fields: fieldsOf(spec, good?.media?.['schema'] as Schema | undefined),
      examples: examplesOf(spec, good?.media),
    },
    failures: answers.filter((one) => one !== good).flatMap(({ status, media }) => failuresOf(spec, status, media)),
    rate: rate && { limit: rate.limit, period: rate.period, cost: rate.cost, assumptions: assumed(rate) },
    docs: link(definition),
  }
}

/** A header parameter; its description stands beside its schema. */
const headerOf = (spec: Json, { name, description, schema, required }: Operation['headers'][number]): Field =>
  fieldOf(spec, [name, { description, ...schema } as Schema], required)

/** All operations, in the order of the spec. */
export const callsOf = (spec: Json): Call[] => operationsOf(spec).map((one) => callOf(spec, one))
