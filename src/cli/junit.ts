/**
 * A report in the XML that test runners and CI servers read: a test case for each call, and one for their number.
 *
 * @see https://github.com/testmoapp/junitxml
 * @module
 */
import { TOOL } from './help.js'

/** One call of the report. */
export interface ReportedCall {
  readonly operation: string | undefined
  readonly method: string
  readonly path: string
  readonly status: number
  readonly violations: readonly { readonly message: string; readonly keyword: string }[]
}

/** What is reported. */
export interface Report {
  readonly calls: readonly ReportedCall[]
  /** Why there were too few calls; undefined when there were enough. */
  readonly tooFew: string | undefined
  readonly seconds: number
}

/** Text for XML; characters that XML cannot carry become question marks. */
const escaped = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`)

function testcase(name: string, failure: { summary: string; lines: readonly string[] } | undefined): string {
  const head = `    <testcase classname="${TOOL}" name="${escaped(name)}" time="0"`
  if (!failure) return `${head}/>`
  const text = failure.lines.map(escaped).join('\n')
  return `${head}>\n      <failure message="${escaped(failure.summary)}">${text}</failure>\n    </testcase>`
}

/** @returns the XML file */
export function junitOf({ calls, tooFew, seconds }: Report): string {
  const failures = calls.filter(({ violations }) => violations.length > 0).length + (tooFew === undefined ? 0 : 1)
  const counts = `tests="${calls.length + 1}" failures="${failures}" errors="0" skipped="0" time="${seconds.toFixed(3)}"`
  const cases = calls.map(({ operation, method, path, status, violations }, i) => {
    const lines = violations.map(({ message, keyword }) => `${message} (${keyword})`)
    const failure = lines[0] === undefined ? undefined : { summary: lines[0], lines }
    return testcase(`${i + 1} ${operation ?? 'no operation'}: ${method} ${path} -> ${status}`, failure)
  })
  const number = testcase(
    'enough calls were made',
    tooFew === undefined ? undefined : { summary: tooFew, lines: [tooFew] },
  )
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${TOOL}" ${counts}>`,
    `  <testsuite name="contract" ${counts}>`,
    number,
    ...cases,
    '  </testsuite>',
    '</testsuites>\n',
  ].join('\n')
}
