/**
 * Operations of the spec as the pages show them: one derivation for HTML, Markdown, playground and Postman.
 *
 * Descriptions are Markdown, as in the spec.
 *
 * @module
 */
import { limitPhrase } from '../../../core/phrases.js'
import { isRecord } from '../../../core/record.js'
import { exampleForm } from './examples.js'
import {
  assumptionsOf,
  describeField,
  describeFields,
  externalLink,
  type Field,
  type Link,
  limitsInWords,
  type Unconfirmed,
} from './fields.js'
import {
  deref,
  type ExampleNode,
  entries,
  errorFieldsOf,
  type MediaNode,
  marksOf,
  type Operation,
  operationsOf,
  type Schema,
  type Spec,
  schemaOf,
} from './spec.js'

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
  /** Made for status messages. */
  readonly status: boolean
  readonly fields: readonly Field[]
  /** Content made of the fields' examples; undefined where no field is known. */
  readonly example: string | undefined
  readonly assumptions: readonly Unconfirmed[]
}

/** An error that the API answers with. */
export interface ErrorAnswer extends Example {
  readonly status: number
  readonly code: string
  /** Whether to send again, in a sentence. */
  readonly retry: string | undefined
  /** What became of the call, as the client's errors say it. */
  readonly processed: 'no' | 'unknown' | undefined
  /** Why it happens, a line of Markdown each. */
  readonly causes: readonly string[]
  /** How to find out, a line of Markdown each. */
  readonly diagnosis: readonly string[]
  /** The violations that it answers, by name. */
  readonly raisedBy: readonly string[]
  readonly assumptions: readonly Unconfirmed[]
}

/** The answer of a call that is accepted. */
export interface SuccessAnswer {
  readonly status: string
  /** Fields of the answer that tell a success, and the values that do. */
  readonly marks: readonly (readonly [name: string, values: readonly unknown[]])[]
  readonly description: string
  readonly fields: readonly Field[]
  readonly examples: readonly Example[]
}

/** How many calls are allowed. */
export interface RateLimit {
  readonly limit: number
  /** Milliseconds. */
  readonly period: number
  /** Such as `20 messages a second`. */
  readonly phrase: string
  /** The field each value of which counts as one. */
  readonly cost: string | undefined
  readonly assumptions: readonly Unconfirmed[]
}

/** A sample of code that makes the call. */
export interface CodeSample {
  readonly label: string
  readonly lang: string
  readonly source: string
}

/** One operation. */
export interface ApiOperation {
  readonly id: string
  readonly method: string
  readonly path: string
  readonly summary: string
  readonly description: string
  readonly is: readonly string[]
  readonly isNot: readonly string[]
  readonly samples: readonly CodeSample[]
  /** Whether a request has a form as its body. */
  readonly takesForm: boolean
  /** Description of the request's body, with the rules for its fields together. */
  readonly body: string
  readonly fields: readonly Field[]
  readonly headers: readonly Field[]
  /** Requests; at least one. */
  readonly examples: readonly Example[]
  readonly messageTypes: readonly MessageType[]
  readonly success: SuccessAnswer
  readonly errors: readonly ErrorAnswer[]
  readonly rateLimit: RateLimit | undefined
  readonly docs: Link | undefined
}

function describeExample(name: string, { summary = '', description = '', value }: ExampleNode): Example {
  return { name, summary: summary.trim() || name, description: description.trim(), value }
}

const exampleNodes = (spec: Spec, media: MediaNode | undefined): [string, ExampleNode][] =>
  entries(media?.examples).map(([name, node]) => [name, deref(spec, node)])

const namedExamples = (spec: Spec, media: MediaNode | undefined): Example[] =>
  exampleNodes(spec, media).map(([name, node]) => describeExample(name, node))

/** The named examples of a request, or one made of the examples of its fields. */
function requestExamples(spec: Spec, media: MediaNode | undefined, form: Schema | undefined): Example[] {
  const named = namedExamples(spec, media)
  if (named.length > 0) return named
  return [{ name: 'example', summary: 'The examples of the fields', description: '', value: exampleForm(spec, form) }]
}

/** JSON of the first example of each field that has one; undefined when none has. */
function contentExample(spec: Spec, schema: Schema): string | undefined {
  const fields = entries(schema.properties).flatMap(([name, field]) => {
    const value = schemaOf(spec, field).examples?.[0]
    return value === undefined ? [] : [[name, value] as const]
  })
  return fields.length === 0 ? undefined : JSON.stringify(Object.fromEntries(fields))
}

/** The predefined message types, those made for status messages first. */
function describeMessageTypes(spec: Spec, form: Schema | undefined): MessageType[] {
  const schemas = entries(schemaOf(spec, form).properties).map(([, field]) => schemaOf(spec, field))
  const types = schemas.find((schema) => schema['x-message-types'])?.['x-message-types']
  return entries(types)
    .map(([name, type]) => {
      const schema = schemaOf(spec, type.schema)
      return {
        name,
        description: (schema.description ?? '').trim(),
        counted: type.counted,
        stored: type.stored,
        status: type.status === true,
        fields: describeFields(spec, schema),
        example: contentExample(spec, schema),
        assumptions: assumptionsOf(schema),
      }
    })
    .toSorted((a, b) => Number(b.status) - Number(a.status))
}

/** `x-retry` as advice for the caller. */
const RETRY_ADVICE: Readonly<Record<NonNullable<ExampleNode['x-retry']>, string>> = {
  never: 'No: the same request fails again.',
  'after-wait': 'Yes, after a wait: nothing was processed.',
  unknown: 'Only if a second delivery does no harm: it may have been processed.',
}

/** `x-retry` as `error.processed` of the client. */
const PROCESSED = { never: 'no', 'after-wait': 'no', unknown: 'unknown' } as const

/** The code in an answer's body. */
export const codeOf = (spec: Spec, body: unknown): unknown =>
  isRecord(body) ? body[errorFieldsOf(spec).code] : undefined

function describeError(spec: Spec, status: string, name: string, node: ExampleNode): ErrorAnswer {
  const example = describeExample(name, node)
  const code = String(codeOf(spec, node.value) ?? status)
  const retry = node['x-retry']
  return {
    ...example,
    // Pages print the code beside the summary.
    summary: example.summary.replace(new RegExp(`^${code}, `), ''),
    status: Number(status),
    code,
    retry: retry && RETRY_ADVICE[retry],
    processed: retry && PROCESSED[retry],
    causes: node['x-causes'] ?? [],
    diagnosis: node['x-diagnosis'] ?? [],
    raisedBy: node['x-raised-by'] ?? [],
    assumptions: assumptionsOf(node),
  }
}

/** What a form asks of its fields together, a sentence each. */
const rulesOfForm = (spec: Spec, form: Schema | undefined): string[] =>
  limitsInWords(spec, schemaOf(spec, form)).map((limit) => `${limit.charAt(0).toUpperCase()}${limit.slice(1)}.`)

function describeOperation(spec: Spec, operation: Operation): ApiOperation {
  const { id, path, method, definition, form, headers } = operation
  const answers = entries(definition.responses).map(([status, node]) => {
    const response = deref(spec, node)
    return { status, response, media: response.content?.['application/json'] }
  })
  const success = answers.find(({ status }) => status.startsWith('2'))
  const errors = answers.filter((answer) => answer !== success)
  const body = definition.requestBody && deref(spec, definition.requestBody)
  const [media] = Object.values(body?.content ?? {})
  const rateLimit = definition['x-rate-limit']
  const samples: readonly (Omit<CodeSample, 'label'> & Partial<CodeSample>)[] = definition['x-codeSamples'] ?? []
  return {
    id,
    path,
    method,
    summary: (definition.summary ?? '').trim() || id,
    description: (definition.description ?? '').trim(),
    is: definition['x-is'] ?? [],
    isNot: definition['x-is-not'] ?? [],
    samples: samples.map((sample) => ({ ...sample, label: sample.label ?? sample.lang })),
    takesForm: form !== undefined,
    body: [body?.description, schemaOf(spec, form).description, ...rulesOfForm(spec, form)]
      .map((text = '') => text.trim())
      .join(' ')
      .trim(),
    fields: describeFields(spec, form),
    headers: headers.map(({ name, description, schema, required }) =>
      // A header has its description beside its schema, not in it.
      describeField(spec, name, { ...(description !== undefined && { description }), ...schema }, required),
    ),
    examples: requestExamples(spec, media, form),
    messageTypes: describeMessageTypes(spec, form),
    success: {
      status: success?.status ?? '',
      marks: [...marksOf(spec, success?.media?.schema)],
      description: (success?.response.description ?? '').trim(),
      fields: describeFields(spec, success?.media?.schema),
      examples: namedExamples(spec, success?.media),
    },
    errors: errors.flatMap(({ status, media }) =>
      exampleNodes(spec, media).map(([name, node]) => describeError(spec, status, name, node)),
    ),
    rateLimit: rateLimit && {
      limit: rateLimit.limit,
      period: rateLimit.period,
      phrase: limitPhrase(rateLimit),
      cost: rateLimit.cost,
      assumptions: assumptionsOf(rateLimit),
    },
    docs: externalLink(definition),
  }
}

/** All operations, in the order of the spec. */
export const describeOperations = (spec: Spec): ApiOperation[] =>
  operationsOf(spec).map((operation) => describeOperation(spec, operation))
