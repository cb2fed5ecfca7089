/**
 * `npm run build`: compiles what ships into `dist/`, without files of earlier builds, and writes `llms.txt`.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { packageLlmsText } from './docs/markdown-files.js'
import { openSite } from './docs/site.js'

for (const folder of ['src', 'generated']) rmSync(`dist/${folder}`, { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
chmodSync('dist/src/cli/main.js', 0o755)
writeFileSync('llms.txt', packageLlmsText(await openSite('.', { releases: [] })))
