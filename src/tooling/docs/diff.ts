/**
 * `npm run diff`: the contract against that of the last release.
 *
 * Fails when the new version number is too small for the changes: a breaking change needs a new major version.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Spec } from './content/spec.js'
import { changesMarkdown, compareContracts, releasesOf } from './releases.js'

const USAGE = `Usage: npm run diff -- [--base openapi.json]

  --base  the contract to compare with; default: that of the last tag
`

const readSpec = async (file: string): Promise<Spec> => JSON.parse(await readFile(file, 'utf8'))

const { values } = parseArgs({ options: { base: { type: 'string' }, help: { type: 'boolean', default: false } } })
if (values.help) {
  process.stdout.write(USAGE)
} else {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const [base] = values.base ? [{ tag: values.base, spec: await readSpec(values.base) }] : await releasesOf(root)
  if (!base) {
    process.stdout.write('No release to compare with: there is no tag with a generated/openapi.json.\n')
  } else {
    const current = await readSpec(join(root, 'generated/openapi.json'))
    const { changes, refusal } = await compareContracts(base.spec, current, root)
    process.stdout.write(`## Since ${base.tag}\n\n${changesMarkdown(changes)}`)
    if (refusal) process.stderr.write(`${refusal}\n`)
    process.exitCode = refusal ? 1 : 0
  }
}
