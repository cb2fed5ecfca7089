/** A copy of the spec in a temporary folder, to change it and to generate from it in this process. */
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { lint } from '../../src/tooling/generate/bundle.js'
import { type Generated, generate } from '../../src/tooling/generate/generate.js'
import { generateTypes } from '../../src/tooling/generate/types.js'
import type { Operations } from './operations.js'
import { ROOT } from './project-copy.js'

const SPEC = 'spec/openapi.yaml'

/** Generates in the folder of a copy; as the command does it, but in this process. */
export async function generateIn(folder: string): Promise<Generated> {
  const made = await generate(SPEC, folder, generateTypes)
  for (const [name, text] of made.files) writeFileSync(join(folder, 'generated', name), text)
  return made
}

export interface SpecCopy {
  readonly folder: string
  /** Rewrites a file; fails when the text does not change. */
  readonly edit: (file: string, change: (text: string) => string) => void
  /** Puts operations into it. */
  readonly add: (operations: Operations) => void
  readonly generate: () => Promise<Generated>
  /** What `redocly lint` says: rule and message. */
  readonly lint: () => Promise<[rule: string, message: string][]>
  readonly remove: () => void
}

/** The message types as text, without most of them: those that no assumption names make linter and generator slower, and nothing else. */
function fewTypes(text: string): string {
  const types = text.split(/^(?=RC:)/m)
  return types.filter((one) => !one.startsWith('RC:') || /^RC:(TypSts|TxtMsg|GrpNtf):/.test(one)).join('')
}

/** @param types `few` where the message types are no matter */
export function copySpec(types: 'all' | 'few' = 'all'): SpecCopy {
  const folder = mkdtempSync(join(tmpdir(), 'spec-'))
  for (const name of ['spec', 'redocly.yaml', '.redocly.lint-ignore.yaml']) {
    cpSync(join(ROOT, name), join(folder, name), { recursive: true })
  }
  // The linter's plugin, as redocly.yaml names it.
  symlinkSync(join(ROOT, 'src'), join(folder, 'src'))
  const edit: SpecCopy['edit'] = (file, change) => {
    const path = join(folder, file)
    const before = readFileSync(path, 'utf8')
    const after = change(before)
    if (after === before) throw new Error(`${file}: the change leaves it as it was`)
    writeFileSync(path, after)
  }
  if (types === 'few') edit('spec/components/messages/MessageTypes.yaml', fewTypes)
  return {
    folder,
    edit,
    add({ pages, root }) {
      for (const [name, page] of Object.entries(pages)) writeFileSync(join(folder, 'spec/paths', name), page)
      writeFileSync(join(folder, SPEC), root)
    },
    generate: () => generate(SPEC, folder, generateTypes),
    lint: async () => (await lint(SPEC, folder)).map(({ ruleId, message }) => [ruleId, message]),
    remove: () => rmSync(folder, { recursive: true, force: true }),
  }
}
