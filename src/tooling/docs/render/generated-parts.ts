/**
 * The parts of pages that are made from the spec, by their names in `<!-- generated: NAME -->`.
 *
 * @module
 */
import type { Site } from '../site.js'
import { assumptionsPart } from './assumption-list.js'
import { endpointPart } from './endpoint.js'
import { errorsPart } from './errors.js'
import { generatedMarkdown } from './markdown-page.js'
import type { GeneratedParts } from './page-files.js'

/**
 * All parts as HTML.
 *
 * @param changelog as Markdown
 */
export const generatedParts = (site: Site, changelog: string): GeneratedParts => ({
  endpoint: endpointPart(site),
  errors: errorsPart(site),
  assumptions: assumptionsPart(site),
  changelog: generatedMarkdown(changelog),
})
