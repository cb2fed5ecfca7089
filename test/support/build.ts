/** Runs before the tests of a folder: fails if a program is missing, and builds `dist/`, which many tests use. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { shell } from './packed-install.js'
import { ROOT } from './project-copy.js'
import { folderOf, missingLine } from './tools.js'

export default async function build({ name }: TestProject): Promise<void> {
  const missing = existsSync(join(ROOT, 'test', name, 'package.json')) ? missingLine(folderOf(name)) : undefined
  if (missing) throw new Error(missing)
  // `test/run.ts` builds once for all folders.
  if (!process.env['DIST_IS_BUILT']) await shell('npm', ['run', '--silent', 'build'], ROOT)
}
