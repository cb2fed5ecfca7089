/**
 * The whole site. Redocly makes the reference and esbuild the playground's script, each in a process of its own.
 *
 * @module
 */
import { contentFiles } from './content.js'
import { referenceFiles } from './pages/reference.js'
import { playgroundFiles } from './playground/build.js'
import { type Files, merged, type Site } from './site.js'

/** Builds all files. */
export const siteFiles = async (site: Site): Promise<Files> =>
  merged(await Promise.all([contentFiles(site), referenceFiles(site), playgroundFiles(site)]))
