/** Builds `dist/` once, before the first test: several tests install the package. */

import { shell } from './packed-install.js'
import { ROOT } from './project-copy.js'

export default async function build(): Promise<void> {
  await shell('npm', ['run', '--silent', 'build'], ROOT)
}
