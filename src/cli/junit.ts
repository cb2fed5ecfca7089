/**
 * A report in the XML that test runners and CI servers read: the given extra cases, then a test case for each call.
 *
 * @see https://github.com/testmoapp/junitxml
 * @module
 */
import { suspicionText } from '../mock/suspicions.js'
import { TOOL } from './help.js'
import type { ListedCall } from './mock-options.js'

/** A test case of its own, such as "enough calls were made". */
export interface ExtraCase {
  readonly name: string
  /** Why it failed; undefined when it passed. */
  readonly failure: string | undefined
}

/** A case for each expected violation that did not occur, and each answer that was never used. */
export const unmetCases = (unmet: readonly string[]): ExtraCase[] =>
  unmet.map((failure) => ({ name: 'every set answer was used and every expected violation occurred', failure }))

/** What is reported. */
export interface Report {
  readonly calls: readonly ListedCall[]
  /** Listed in front of the calls. */
  readonly extraCases: readonly ExtraCase[]
  readonly seconds: number
  /** Whether a suspicious call counts as a failure. */
  readonly failsSuspicious?: boolean
}

/** Text for XML. Characters that XML cannot carry become question marks. */
const escapeXml = (text: string): string =>
  text
    .replaceAll(/[^\t\n\r\x20-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, '?')
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll(/[\t\n\r]/g, (char) => `&#${char.charCodeAt(0)};`)

/** @param failures the reasons why it failed; none when it passed */
function testCase(name: string, failures: readonly string[]): string {
  const start = `    <testcase classname="${TOOL}" name="${escapeXml(name)}" time="0"`
  const [first] = failures
  if (first === undefined) return `${start}/>`
  const text = failures.map(escapeXml).join('\n')
  return `${start}>\n      <failure message="${escapeXml(first)}">${text}</failure>\n    </testcase>`
}

/** @returns the XML file */
export function writeJunit({ calls, extraCases, seconds, failsSuspicious = false }: Report): string {
  const failuresOf = ({ violations, suspicions }: ListedCall): string[] => [
    ...violations.map(({ message, keyword }) => `${message} (${keyword})`),
    ...(failsSuspicious ? suspicions : []).map((suspicion) => `${suspicionText(suspicion)} (${suspicion.name})`),
  ]
  const failed =
    calls.filter((call) => failuresOf(call).length > 0).length +
    extraCases.filter(({ failure }) => failure !== undefined).length
  const total = calls.length + extraCases.length
  const counts = `tests="${total}" failures="${failed}" errors="0" skipped="0" time="${seconds.toFixed(3)}"`
  const cases = [
    ...extraCases.map(({ name, failure }) => testCase(name, failure === undefined ? [] : [failure])),
    ...calls.map((call, i) => {
      const { operation, method, path, status } = call
      return testCase(`${i + 1} ${operation ?? 'no operation'}: ${method} ${path} -> ${status}`, failuresOf(call))
    }),
  ]
  return [
    '<?xml version="1.0" encoding="UTF-8"?>',
    `<testsuites name="${TOOL}" ${counts}>`,
    `  <testsuite name="contract" ${counts}>`,
    ...cases,
    '  </testsuite>',
    '</testsuites>\n',
  ].join('\n')
}
