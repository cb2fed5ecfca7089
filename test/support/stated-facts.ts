/**
 * What README and docs pages say of the contract in words of their own, beside what the contract says.
 *
 * A row of `STATEMENTS` is one way to say a fact. `NUM` stands for the number, in digits or as a word; a blank for any white space.
 */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describeRegions } from '../../src/tooling/docs/content/api.js'
import { describeOperations, type ErrorAnswer } from '../../src/tooling/docs/content/operations.js'
import { operationsOf, type Schema, type Spec, schemaOf } from '../../src/tooling/docs/content/spec.js'
import { markdownFiles } from './code-blocks.js'
import { ROOT } from './project-copy.js'

/** One place that states a fact. */
export interface Stated {
  /** `README.md:32`. */
  readonly place: string
  readonly what: string
  readonly says: string
  /** The same in the contract; of several values, all of them. */
  readonly contract: readonly string[]
}

const KIB = 1024
const WORDS = [
  'zero',
  'one',
  'two',
  'three',
  'four',
  'five',
  'six',
  'seven',
  'eight',
  'nine',
  'ten',
  'eleven',
  'twelve',
]
/** `131_072` and `1 000` too. */
const NUMBER = String.raw`\d{1,3}(?:[ _,]\d{3})+|\d+|${WORDS.slice(1).join('|')}`

/** The facts that pages may state, by name. */
function factsOf(spec: Spec) {
  const operations = describeOperations(spec)
  const rateLimit = operations[0]?.rateLimit
  const fields: Readonly<Record<string, Schema>> =
    schemaOf(spec, {
      $ref: '#/components/schemas/GroupStatusMessage',
    }).properties ?? {}
  const { toGroupId, content, objectName } = fields
  const groups = toGroupId?.maxItems ?? 0
  const bytes = content?.['x-max-bytes'] ?? 0
  const header = operationsOf(spec)[0]?.headers.find(({ name }) => name === 'X-Request-ID')?.schema
  const named = operations.flatMap(({ errors, success }) => [...success.examples, ...errors])
  const regions = describeRegions(spec)
  return {
    groups: [groups],
    'groups, one too many': [groups + 1],
    'messages in a period': [rateLimit?.limit],
    'milliseconds of the period': [rateLimit?.period],
    'KiB of content': [bytes / KIB],
    'bytes of content': [bytes],
    'characters of a custom type': [objectName?.maxLength],
    'characters of X-Request-ID': [header?.maxLength],
    region: regions.map(({ id }) => id),
    host: regions.flatMap(({ primary, backup = primary }) => [primary, backup]).map((url) => new URL(url).host),
    'message type': Object.keys(objectName?.['x-message-types'] ?? {}),
    'name of an answer': named.map(({ name }) => name),
    'error code': operations.flatMap(({ errors }) => errors.map(({ code }) => code)),
  } as const
}

type Fact = keyof ReturnType<typeof factsOf>

/** A phrase with `NUM` and blanks as a regular expression with one group. */
const phrase = (text: string): RegExp =>
  new RegExp(text.replaceAll(' ', String.raw`\s+`).replace('NUM', `(?<![\\w-])(${NUMBER})(?!\\w)`), 'giu')

const NOUNS = '(?:groups|rooms|boards|tables)'

/** The ways in which pages state each fact. */
const STATEMENTS: readonly (readonly [Fact, RegExp])[] = [
  ['groups', phrase(`(?:at most|up to|more than|one to|call to|takes) NUM (?:${NOUNS}|of them)`)],
  ['groups', phrase('toGroupId: at most NUM"')],
  ['groups', phrase(`(?:^|\\n)- NUM ${NOUNS} in one call`)],
  ['groups', phrase(`${NOUNS}, NUM in one call`)],
  ['groups', phrase('sends them NUM by')],
  ['groups', phrase('by NUM within')],
  ['groups', phrase('costs NUM messages')],
  ['groups', phrase('share must be NUM at')],
  ['groups', phrase(`size of a chunk from NUM ${NOUNS}`)],
  ['groups', phrase('最多 NUM 个群')],
  ['groups', phrase('(?:most_groups|MOST_ROOMS|MAX_ROOMS|maxGroups)\\s*=\\s*NUM')],
  ['groups', phrase('\\bi \\+= NUM')],
  ['groups', phrase('slice\\(i, i \\+ NUM')],
  ['groups, one too many', phrase('in one call, got NUM')],
  ['groups, one too many', phrase(`(?:title="|test\\('|sends |call with |request to )NUM ${NOUNS}`)],
  ['groups, one too many', phrase('with no group or with NUM')],
  ['groups, one too many', phrase(`chunk from \\w+ ${NOUNS} to NUM`)],
  ['messages in a period', phrase('NUM messages (?:a second|in )')],
  ['messages in a period', phrase('hold more than NUM messages')],
  ['messages in a period', phrase('每秒 NUM 条')],
  ['milliseconds of the period', phrase('messages in NUM ms')],
  ['KiB of content', phrase('NUM KiB')],
  ['KiB of content', phrase('NUM \\* 1024\\b')],
  ['bytes of content', phrase('(?:Uint8Array\\((?!128 \\*)|(?:most_bytes|maxBytes)\\s*=\\s*)NUM')],
  ['characters of a custom type', phrase('NUM characters for the name')],
  ['characters of a custom type', phrase('custom type has at most NUM characters')],
  ['characters of a custom type', phrase('自定义消息类型的名称最长 NUM 个字符')],
  ['characters of X-Request-ID', phrase('`X-Request-ID`: NUM characters')],
  ['region', /(?:--region |RONGCLOUD_REGION(?:=|', '| \(for example ")|\bregion: ')([a-z][\w-]*)/g],
  ['host', /\b(api[\w-]*\.[\w-]+\.com)\b/g],
  ['message type', /\b(RC:(?!Newer)\w+)/g],
  [
    'name of an answer',
    /(?:respondOnce\('\w+', '|\\?"?example\\?"?(?:: ?\\?|=)["']?|`--respond NAME.*such as `|(?<=^\| answer \|.*\n.*\n(?:\| `.*\n)*)\| `)([a-z]\w*)/gim,
  ],
  ['error code', /(?<!\* |[\d.:-])\b(1[0-8]\d{2}|20[01]\d)\b/g],
]

/** Numbers with such a noun are statements, unless they stand here. */
const COUNTED = phrase(`NUM (?:${NOUNS}|messages|KiB|characters(?! or more)|个群|条|个字符)`)
const OTHER = /^(?:one|two|1 000) /i

/** A number as digits; any other text as it is. */
function normalized(text: string): string {
  const word = WORDS.indexOf(text.toLowerCase())
  if (word !== -1) return String(word)
  return /^\d[\d _,]*$/.test(text) ? text.replaceAll(/[ _,]/g, '') : text
}

const lineAt = (text: string, index: number): number => text.slice(0, index).split('\n').length

/** A list of names in code: `` `beijing`, `singapore` or `saudi-arabia` ``. */
const NAMES = /`[\w-]+`(?:(?:, |、| or | 或 )`[\w-]+`)+/g

/** Lists of regions, which must have them all. */
function regionLists(file: string, text: string, regions: readonly string[]): Stated[] {
  return [...text.matchAll(NAMES)].flatMap(({ 0: list, index }) => {
    const names = [...list.matchAll(/[\w-]+(?=`)/g)].map(([name]) => name)
    if (!names.some((name) => regions.includes(name))) return []
    const place = `${file}:${lineAt(text, index)}`
    return { place, what: 'list of regions', says: names.join(', '), contract: [regions.join(', ')] }
  })
}

/** Rows of the table of violations: `` | `maxItems` | when | 1002 | ``. */
const VIOLATION_ROW = /^\| ((?:`[\w-]+`(?:, )?)+) \| [^|]+ \| ([\d, ]+) \|$/gm

/** The codes that answer violations, in the rows of their table. */
function violationCodes(file: string, text: string, errors: readonly ErrorAnswer[]): Stated[] {
  return [...text.matchAll(VIOLATION_ROW)].flatMap(({ 1: cell = '', 2: says = '', index }) => {
    const names = [...cell.matchAll(/[\w-]+(?=`)/g)].map(([name]) => name)
    const codes = names.flatMap((name) => errors.filter(({ raisedBy }) => raisedBy.includes(name)))
    if (codes.length === 0) return []
    const contract = [...new Set(codes.map(({ code }) => code))].join(', ')
    const place = `${file}:${lineAt(text, index)}`
    return { place, what: `code that answers ${names.join(', ')}`, says, contract: [contract] }
  })
}

/** README and pages, with their texts. */
type Texts = readonly (readonly [file: string, text: string])[]

/** All statements of the texts. */
export function statements(texts: Texts, spec: Spec): Stated[] {
  const facts = factsOf(spec)
  const errors = describeOperations(spec)[0]?.errors ?? []
  return texts.flatMap(([file, text]) => [
    ...STATEMENTS.flatMap(([what, pattern]) =>
      [...text.matchAll(pattern)].map((match) => ({
        place: `${file}:${lineAt(text, match.index + match[0].length)}`,
        what,
        says: normalized(match[1] ?? ''),
        contract: facts[what].map(String),
      })),
    ),
    ...regionLists(file, text, facts.region),
    ...violationCodes(file, text, errors),
  ])
}

/** The statements that are not those of the contract, a line each, by file. */
export function stale(stated: readonly Stated[]): string[] {
  const lines = stated
    .filter(({ says, contract }) => !contract.includes(says))
    .map(({ place, what, says, contract: [only, ...others] }) => {
      const truth = others.length > 0 ? 'has none such' : `says ${only}`
      return `${place}: ${what}: says ${says}, the contract ${truth}`
    })
  return [...new Set(lines)].toSorted(new Intl.Collator('en', { numeric: true }).compare)
}

/** Numbers with a noun of the contract that no statement covers: `file:line: text`. */
export function uncoveredIn(file: string, text: string): string[] {
  const covered = STATEMENTS.flatMap(([, pattern]) =>
    [...text.matchAll(pattern)].map((match) => [match.index, match.index + match[0].length] as const),
  )
  return [...text.matchAll(COUNTED)]
    .filter(
      ({ 0: said, index }) =>
        !OTHER.test(said) && !covered.some(([from, to]) => index < to && index + said.length > from),
    )
    .map(({ 0: said, index }) => `${file}:${lineAt(text, index)}: ${said}`)
}

/** README and all pages. */
export const pageTexts = (): Texts => markdownFiles().map((file) => [file, readFileSync(join(ROOT, file), 'utf8')])
