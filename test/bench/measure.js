/**
 * Ratios to a baseline. Digits differ from machine to machine, and from minute to minute on a busy one; the ratio of two
 * short turns that follow each other hardly does. So each variant is measured in many such pairs, A B, B A, A B …, and
 * the median of their ratios counts. Beside the time on the clock stands the CPU time of this process, which other
 * processes disturb less. It is no substitute: the time of the server is not in it, so its ratios are further from 1.
 */

const PAIRS = 60

const sorted = (numbers) => numbers.toSorted((a, b) => a - b)
const quantile = (numbers, part) => sorted(numbers)[Math.min(numbers.length - 1, Math.floor(numbers.length * part))]
export const median = (numbers) => quantile(numbers, 0.5)

/** Where the true median lies with 95 % confidence, by the ranks of a binomial distribution. */
function confidence(numbers) {
  const half = 0.98 / Math.sqrt(numbers.length)
  return [quantile(numbers, 0.5 - half), quantile(numbers, 0.5 + half)]
}

/** Milliseconds for one call, on the clock and of CPU. */
export async function timeOf(calls, run) {
  const cpu = process.cpuUsage()
  const start = performance.now()
  await run()
  const clock = performance.now() - start
  const { user, system } = process.cpuUsage(cpu)
  return { clock: clock / calls, cpu: (user + system) / 1_000 / calls }
}

/** Makes `calls` calls, `atOnce` at a time. */
export function timeCalls(run, calls, atOnce) {
  let left = calls
  const worker = async () => {
    while (left-- > 0) await run()
  }
  return timeOf(calls, () => Promise.all(Array.from({ length: atOnce }, worker)))
}

const range = ([low, high]) => `${low.toFixed(2)}-${high.toFixed(2)}`

/** One line of a table; the first column is as wide as the longest name. */
function row(name, cells) {
  return `  ${name.padEnd(58)}${cells.map((cell, i) => cell.padStart([7, 13, 13, 7, 10, 9][i])).join('')}`.trimEnd()
}

function verdict(ratio, aim) {
  if (aim === undefined) return ''
  return ratio <= aim ? `<= ${aim.toFixed(2)}` : `> ${aim.toFixed(2)}!`
}

/** One variant and the baseline in turns. */
async function measurePairs(pairs, turn, baseTurn) {
  const clockRatios = []
  const cpuRatios = []
  const turns = []
  const baseTurns = []
  for (let pair = 0; pair < pairs; pair++) {
    const isReversed = pair % 2 === 1
    const first = await (isReversed ? turn : baseTurn)()
    const second = await (isReversed ? baseTurn : turn)()
    const own = isReversed ? first : second
    const base = isReversed ? second : first
    clockRatios.push(own.clock / base.clock)
    cpuRatios.push(own.cpu / base.cpu)
    turns.push(own.clock)
    baseTurns.push(base.clock)
  }
  return { clockRatios, cpuRatios, turns, baseTurns }
}

/**
 * Measures each variant against the first, and prints a table.
 *
 * @param variants by name, the baseline first: `{ run, aim?, calls? }`; `aim` is the highest ratio that is wanted,
 * `calls` is the length of a turn where it is not that of the others
 * @param measure `(run, calls)` to what `timeOf` gives for one turn
 */
export async function compare(title, variants, { measure, calls: usual, pairs = PAIRS }) {
  const [[baseName, base], ...others] = Object.entries(variants)
  const rows = []
  const baseTurns = []
  for (const [name, { run, aim, calls = usual }] of others) {
    const turn = () => measure(run, calls)
    const baseTurn = () => measure(base.run, calls)
    await baseTurn()
    await turn()
    const results = await measurePairs(pairs, turn, baseTurn)
    baseTurns.push(...results.baseTurns)
    const ratio = median(results.clockRatios)
    const quartiles = [quantile(results.clockRatios, 0.25), quantile(results.clockRatios, 0.75)]
    const rate = 1_000 / median(results.turns)
    rows.push([
      name,
      [
        ratio.toFixed(2),
        range(confidence(results.clockRatios)),
        range(quartiles),
        median(results.cpuRatios).toFixed(2),
        rate.toFixed(0),
        verdict(ratio, aim),
      ],
    ])
  }
  console.log(`\n${title}, ${pairs} pairs of turns of ${usual} calls`)
  console.log(row('', ['ratio', '95 %', 'quartiles', 'CPU', 'calls/s', 'aim']))
  console.log(row(baseName, ['1.00', '', '', '1.00', (1_000 / median(baseTurns)).toFixed(0)]))
  for (const [name, cells] of rows) console.log(row(name, cells))
}
