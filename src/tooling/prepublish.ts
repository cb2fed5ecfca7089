/**
 * Runs before `npm publish`. A package with provenance must name its repository, and relative links of the README lead
 * nowhere without it. The release workflow sets it from its checkout; by hand: `npm pkg set repository=github:OWNER/NAME`.
 *
 * @module
 */
import { readFileSync } from 'node:fs'

const { repository } = JSON.parse(readFileSync('package.json', 'utf8')) as { repository?: unknown }
if (repository === undefined) {
  console.error('error: "repository" is missing in package.json. Set it: npm pkg set repository=github:OWNER/NAME')
  process.exitCode = 1
}
