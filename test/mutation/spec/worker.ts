/** One copy of the project, whose folder is the current one: takes mutants from the parent, tells who killed them. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs'
import { setTimeout } from 'node:timers/promises'
import { parseDocument } from 'yaml'
import { createChecks } from './checks.js'
import type { Mutant } from './constraints.js'

/** What became of a mutant: it lives where `by` is undefined. */
export interface Verdict {
  readonly by?: string | undefined
  /** The test that failed, what the tool said, or why there is no verdict. */
  readonly said?: string | undefined
}

/** The text of a file with one node changed, all else as it was. */
function mutated(text: string, { path, ...change }: Mutant): string {
  const document = parseDocument(text)
  if ('to' in change) document.setIn(path, change.to)
  else document.deleteIn(path)
  return document.toString({ lineWidth: 0 })
}

const { checks, close } = await createChecks()

async function checked(): Promise<Verdict> {
  for (const { name, check } of checks) {
    const said = await check()
    if (said !== undefined) return { by: name, said }
  }
  return {}
}

/** Without a mutant, checks the spec as it is. */
async function verdictOn(mutant: Mutant | undefined): Promise<Verdict> {
  if (!mutant) return checked()
  const before = readFileSync(mutant.file, 'utf8')
  writeFileSync(mutant.file, mutated(before, mutant))
  try {
    return await checked()
  } finally {
    writeFileSync(mutant.file, before)
  }
}

process.on('message', async ({ mutant }: { mutant?: Mutant }) => {
  const verdict: Verdict = await verdictOn(mutant).catch((error: Error) => ({ said: error.message }))
  process.send?.(verdict)
})
// Also when the parent was interrupted: nothing stays behind.
process.on('SIGINT', () => {})
process.once('disconnect', async () => {
  await Promise.race([close(), setTimeout(5_000)])
  rmSync(process.cwd(), { recursive: true, force: true })
  process.exit()
})
process.send?.({})
