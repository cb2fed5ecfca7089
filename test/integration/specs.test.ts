/** Specs that are broken or unusual: each is refused in one line with file, line and column, or generated. */
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { generate } from '../../src/tooling/generate/generate.js'
import { generateTypes } from '../../src/tooling/generate/types.js'
import { ROOT } from '../support/project-copy.js'
import { BROKEN, type Patch, SUPPORTED } from '../support/specs/cases.js'

// Each takes a tenth of a second; on a machine that does much else, as long as that takes.
vi.setConfig({ testTimeout: 60_000 })

const HERE = '‸'
const FILES: Readonly<Record<Patch['file'], string>> = {
  'base.yaml': readFileSync(join(ROOT, 'test/support/specs/base.yaml'), 'utf8'),
  'parts.yaml': readFileSync(join(ROOT, 'test/support/specs/parts.yaml'), 'utf8'),
  'redocly.yaml': readFileSync(join(ROOT, 'redocly.yaml'), 'utf8'),
}

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'specs-'))
  // The linter's plugin, as redocly.yaml names it.
  symlinkSync(join(ROOT, 'src'), join(folder, 'src'))
})
afterAll(() => rmSync(folder, { recursive: true, force: true }))

function patched(text: string, { from, to }: Patch): string {
  if (text.split(from).length !== 2) throw new Error(`${JSON.stringify(from)} must stand in the file once`)
  return text.replace(from, () => to)
}

/** Writes the files with their patches. @returns where the mark stood: `base.yaml:7:3` */
function write(patches: readonly Patch[]): string | undefined {
  let place: string | undefined
  for (const [file, before] of Object.entries(FILES)) {
    const text = patches.filter((one) => one.file === file).reduce(patched, before)
    const lines = text.slice(0, text.indexOf(HERE)).split('\n')
    if (text.includes(HERE)) place = `${file}:${lines.length}:${(lines.at(-1) ?? '').length + 1}`
    writeFileSync(join(folder, file), text.replace(HERE, ''))
  }
  return place
}

test('there are enough of them', () => {
  expect(BROKEN.length + SUPPORTED.length).toBeGreaterThanOrEqual(300)
})

describe('a broken spec is refused in one line', () => {
  test.each(BROKEN)('$name', async ({ patches, says }) => {
    const place = write(patches)
    const error: unknown = await generate('base.yaml', folder, generateTypes).then(
      () => undefined,
      (reason: unknown) => reason,
    )
    const message = error instanceof Error ? error.message : 'nothing was refused'
    expect(message).toBe(`${place}: ${says}`)
    expect(readdirSync(folder).sort()).toEqual(['base.yaml', 'parts.yaml', 'redocly.yaml', 'src'])
  })
})

describe('an unusual spec is generated', () => {
  test.each(SUPPORTED)('$name', async ({ patches, file, has, warnings = [] }) => {
    write(patches)
    const made = await generate('base.yaml', folder, generateTypes)
    const text = made.files.get(file) ?? ''
    // esbuild breaks long lines, inside texts too.
    expect(file === 'validators.js' ? text.replaceAll(/\\?\n/g, '') : text).toContain(has)
    expect(made.warnings).toEqual(warnings)
  })
})
