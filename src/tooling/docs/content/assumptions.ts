/**
 * All assumptions of the spec: what is not confirmed, and what it is about.
 *
 * @module
 */
import { describeSigning } from './api.js'
import type { Field, Unconfirmed } from './fields.js'
import { type ApiOperation, describeOperations } from './operations.js'
import type { Spec } from './spec.js'

/** One assumption. */
export interface Assumption extends Unconfirmed {
  /** What it is about, as Markdown: `` `toGroupId` ``. */
  readonly about: string
}

/** Assumptions about one part of the contract. */
export interface AssumptionGroup {
  readonly title: string
  readonly assumptions: readonly Assumption[]
}

const aboutEach = (about: string, assumptions: readonly Unconfirmed[]): Assumption[] =>
  assumptions.map((assumption) => ({ about, ...assumption }))

const ofFields = (fields: readonly Field[]): Assumption[] =>
  fields.flatMap(({ name, assumptions, fields: inner }) => [
    ...aboutEach(`\`${name}\``, assumptions),
    ...ofFields(inner),
  ])

const ofMessageTypes = ({ messageTypes }: ApiOperation): Assumption[] =>
  messageTypes.flatMap(({ name, assumptions, fields }) =>
    aboutEach(`\`${name}\``, [
      ...assumptions,
      ...ofFields(fields).map(({ about, text, settles }) => ({ text: `${about}: ${text}`, settles })),
    ]),
  )

function groupsOf(operation: ApiOperation): AssumptionGroup[] {
  const { fields, headers, success, errors, rateLimit } = operation
  return [
    { title: 'Fields of the request', assumptions: ofFields(fields) },
    { title: 'Headers', assumptions: ofFields(headers) },
    { title: 'Contents of message types', assumptions: ofMessageTypes(operation) },
    { title: 'The answer', assumptions: ofFields(success.fields) },
    {
      title: 'Errors',
      assumptions: errors.flatMap(({ code, summary, assumptions }) =>
        aboutEach(`\`${code}\`, ${summary}`, assumptions),
      ),
    },
    { title: 'The rate limit', assumptions: aboutEach('The limit', rateLimit?.assumptions ?? []) },
  ]
}

/** Groups of the same title as one, each text once; without those that are empty. */
function merged(groups: readonly AssumptionGroup[]): AssumptionGroup[] {
  const titles = [...new Set(groups.map(({ title }) => title))]
  return titles
    .map((title) => {
      const all = groups.filter((group) => group.title === title).flatMap(({ assumptions }) => assumptions)
      const once = all.filter(({ text }, i) => all.findIndex((other) => other.text === text) === i)
      return { title, assumptions: once }
    })
    .filter(({ assumptions }) => assumptions.length > 0)
}

/** All of them, by the part of the contract. */
export function describeAssumptions(spec: Spec): AssumptionGroup[] {
  const signing = (describeSigning(spec)?.headers ?? []).flatMap(({ header, assumptions }) =>
    aboutEach(`\`${header}\``, assumptions),
  )
  return merged([...describeOperations(spec).flatMap(groupsOf), { title: 'Headers', assumptions: signing }])
}
