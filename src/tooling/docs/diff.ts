/**
 * `npm run diff`: the contract against that of the last release. Fails when the version does not say what the changes
 * weigh: a breaking one wants a new major version.
 *
 * @module
 */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseArgs } from 'node:util'
import type { Spec } from '../generate/openapi.js'
import { changesMarkdown, compare, releasesOf } from './releases.js'

const USAGE = `Usage: npm run diff -- [--base openapi.json]

  --base  the contract to compare with; default: that of the last tag
`

const { values } = parseArgs({ options: { base: { type: 'string' }, help: { type: 'boolean', default: false } } })
if (values.help) {
  process.stdout.write(USAGE)
} else {
  const root = fileURLToPath(new URL('../../..', import.meta.url))
  const read = async (file: string) => JSON.parse(await readFile(file, 'utf8')) as Spec
  const [last] = values.base ? [{ tag: values.base, spec: await read(values.base) }] : await releasesOf(root)
  if (!last) {
    process.stdout.write('No release to compare with: there is no tag with a generated/openapi.json.\n')
  } else {
    const { changes, refused } = await compare(last.spec, await read(join(root, 'generated/openapi.json')), root)
    process.stdout.write(`## Since ${last.tag}\n\n${changesMarkdown(changes)}`)
    if (refused) process.stderr.write(`${refused}\n`)
    process.exitCode = refused ? 1 : 0
  }
}
