/** Builds `dist/` once, before the first test: several tests install the package. */
import { ROOT } from './house-copy.js'
import { shell } from './stranger.js'

export default async function build(): Promise<void> {
  await shell('npm', ['run', '--silent', 'build'], ROOT)
}
