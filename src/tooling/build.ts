/**
 * `npm run build`: compiles what ships into `dist/`, without files of earlier builds.
 *
 * @module
 */
import { execFileSync } from 'node:child_process'
import { chmodSync, rmSync } from 'node:fs'
import { createRequire } from 'node:module'

for (const folder of ['src', 'generated']) rmSync(`dist/${folder}`, { recursive: true, force: true })
const tsc = createRequire(import.meta.url).resolve('typescript/bin/tsc')
execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], { stdio: 'inherit' })
chmodSync('dist/src/cli/main.js', 0o755)
