/** The table that the matrix must come to: which cells there are, what a runtime cannot do and why, and the judgement. */
import type { Outcome, Report } from './runtime.js'

/** Runtimes, one a row. */
export const ROWS: readonly string[] = [
  ...['Node 20', 'Node 22', 'Node 24', 'Node 26'],
  ...['Bun', 'Deno', 'Chromium', 'workerd', 'workerd of 2024'],
]
/** Columns of the suite that every runtime tries, and where they are in its rooms. */
export const COLUMNS: readonly string[] = [
  'client',
  'failures',
  'mock',
  'server',
  'limiter',
  'signature',
  'form',
  'contract',
  'vectors',
]
/** One column for each version of MSW that the package is for: the oldest, and the newest of each major. */
export const MSW: readonly string[] = ['MSW 2.2.14', 'MSW 2', 'MSW 3']

/** The suite's column for one of the table. */
export const suiteColumn = (column: string): string => (MSW.includes(column) ? 'msw' : column)

/** Something to know of cells. With `says`, the cases must fail in that way; when they pass, the remark is out of date. */
export interface Remark {
  readonly rows: readonly string[]
  readonly columns: readonly string[]
  readonly reason: string
  readonly says?: RegExp
  /** Default: all of the column. */
  readonly cases?: readonly string[]
}

export const REMARKS: readonly Remark[] = [
  {
    rows: ['Node 20'],
    columns: ['MSW 3'],
    reason: 'MSW 3 needs Node 22.12.',
    says: /withResolvers|"kind":"(usage|network)"|fetch failed|not so: the mock got the call/,
  },
  {
    rows: ['Bun', 'Deno'],
    columns: ['MSW 3'],
    reason:
      "MSW 3 does not see the `fetch` of this runtime: calls go out to the network. Pass the mock's `fetch` to your code, or use MSW 2.",
    says: /"kind":"network"|ECONNREFUSED|NotCapable|not so: the mock got the call/,
  },
  {
    rows: ['Chromium', 'workerd', 'workerd of 2024'],
    columns: ['failures'],
    reason:
      "Its `fetch` does not tell a connection that was never made from one that broke: such a call fails with `processed: 'unknown'`, and the next one goes to the backup.",
    says: /"kind":"network","processed":"unknown"/,
    cases: [
      'no connection is known to be not processed',
      'an unknown host is known to be not processed',
      'without a connection the call goes to the backup',
    ],
  },
  {
    rows: ['Chromium'],
    columns: ['server'],
    reason: 'A page cannot listen on a port.',
    says: /dynamically imported module/,
  },
  {
    rows: ['workerd', 'workerd of 2024'],
    columns: ['server'],
    reason: 'It lacks parts of `node:http` that the server needs.',
    says: /keepAliveTimeout option is not implemented|No such module "node:http"/,
  },
  {
    rows: ['workerd', 'workerd of 2024'],
    columns: ['MSW 2.2.14'],
    reason: "With MSW's `getResponse`: nothing intercepts requests there.",
  },
  {
    rows: ['workerd', 'workerd of 2024'],
    columns: ['MSW 2', 'MSW 3'],
    reason:
      "MSW wants `BroadcastChannel` or `localStorage`, which are not there. Pass the mock's `fetch` to your code.",
    says: /BroadcastChannel is not defined|`localStorage` is not available/,
  },
]

/** What one runtime came to. */
export interface Row {
  readonly name: string
  readonly version: string
  /** By column of the table. */
  readonly report: Report
}

export interface Cell {
  readonly passed: number
  readonly of: number
  /** Places in the list of remarks. */
  readonly remarks: readonly number[]
  readonly faults: readonly string[]
}

/** Names of all cases by column of the table. */
export type Plan = Readonly<Record<string, readonly string[]>>

/** What is wrong with the outcome of one case; nothing when it is as it must be. */
function faultOf(outcome: Outcome | undefined, remark: Remark | undefined): string | undefined {
  if (!outcome) return 'has not run'
  if (!remark) return outcome.error
  if (outcome.error === undefined) return `passes, although the table says: ${remark.reason}`
  return remark.says?.test(outcome.error) ? undefined : `fails in another way than the table says: ${outcome.error}`
}

/** One cell, held against the plan and the remarks. */
export function judge({ name, report }: Row, column: string, plan: Plan, remarks: readonly Remark[] = REMARKS): Cell {
  const planned = plan[column] ?? []
  const outcomes = report[column] ?? []
  const own = remarks.filter(({ rows, columns }) => rows.includes(name) && columns.includes(column))
  const faults: string[] = planned.length > 0 ? [] : ['no case is planned']
  for (const one of planned) {
    const outcome = outcomes.find((other) => other.name === one)
    const remark = own.find(({ says, cases }) => says && (cases ?? [one]).includes(one))
    const fault = faultOf(outcome, remark)
    if (fault !== undefined) faults.push(`${one}: ${fault}`)
  }
  for (const { name: one } of outcomes) if (!planned.includes(one)) faults.push(`${one}: is not planned`)
  for (const one of own.flatMap(({ cases = [] }) => cases)) {
    if (!planned.includes(one)) faults.push(`${one}: is in a remark, and not planned`)
  }
  const passed = outcomes.filter(({ error }) => error === undefined).length
  return { passed, of: planned.length, remarks: own.map((remark) => remarks.indexOf(remark)), faults }
}

const mark = (i: number) => String.fromCharCode('a'.charCodeAt(0) + i)

function cellText({ passed, of, remarks, faults }: Cell): string {
  const count = passed === of ? `${of}` : passed === 0 ? '–' : `${passed} of ${of}`
  const marks = remarks.map((i) => ` (${mark(i)})`).join('')
  return faults.length > 0 ? `BAD ${passed} of ${of}${marks}` : count + marks
}

/** A table of Markdown whose columns stand in line. */
function aligned(rows: readonly (readonly string[])[]): string[] {
  const widths = (rows[0] ?? []).map((_, i) => Math.max(...rows.map((row) => row[i]?.length ?? 0)))
  const lines = rows.map((row) => `| ${row.map((cell, i) => cell.padEnd(widths[i] ?? 0)).join(' | ')} |`)
  return [lines[0] ?? '', `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`, ...lines.slice(1)]
}

/** At most so many faults of a cell are told. */
const MOST_FAULTS = 5

/**
 * The table with its footnotes, and every fault.
 *
 * @param titles of the columns, where they differ from their names
 */
export function tableOf(
  rows: readonly Row[],
  plan: Plan,
  titles: Readonly<Record<string, string>> = {},
): { text: string; faults: number } {
  const columns = Object.keys(plan)
  const cells = rows.map((row) => columns.map((column) => judge(row, column, plan)))
  const used = new Set(cells.flat().flatMap(({ remarks }) => remarks))
  const lines = aligned([
    ['runtime', 'version', ...columns.map((column) => titles[column] ?? column)],
    ...rows.map(({ name, version }, i) => [name, version, ...(cells[i] ?? []).map(cellText)]),
  ])
  const notes = REMARKS.flatMap(({ reason }, i) => (used.has(i) ? [`(${mark(i)}) ${reason}`] : []))
  const faults = rows.flatMap(({ name, version }, i) =>
    columns.flatMap((column, j) => {
      const all = cells[i]?.[j]?.faults ?? []
      const more = all.length > MOST_FAULTS ? [`and ${all.length - MOST_FAULTS} more`] : []
      return [...all.slice(0, MOST_FAULTS), ...more].map((fault) => `${name} ${version}, ${column}: ${fault}`)
    }),
  )
  const text = [...lines, '', ...notes, ...(faults.length > 0 ? ['', ...faults] : [])].join('\n')
  return { text, faults: faults.length }
}
