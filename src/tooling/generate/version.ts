/**
 * Part of `npm run release:version`: writes the version of `package.json` into `src/core/version.ts`.
 *
 * @module
 */
import { readFile, writeFile } from 'node:fs/promises'

const FILE = new URL('../../core/version.ts', import.meta.url)
const { version }: { version: string } = JSON.parse(
  await readFile(new URL('../../../package.json', import.meta.url), 'utf8'),
)
const text = await readFile(FILE, 'utf8')
await writeFile(FILE, text.replace(/'.*'$/m, `'${version}'`))
