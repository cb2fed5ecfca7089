/**
 * All of the site that is made in this process: its pages but for reference and playground, and the files for programs.
 *
 * @module
 */

import { programFiles } from './machine-files.js'
import { changelogFiles } from './pages/changelog.js'
import { guideFiles } from './pages/guide.js'
import { lostFiles } from './pages/not-found.js'
import { type Files, merged, type Site, source } from './site.js'

async function assetFiles(site: Site): Promise<Files> {
  const [css, icon] = await Promise.all([
    source(site, 'src/tooling/docs/assets/site.css'),
    source(site, 'src/tooling/docs/assets/icon.svg'),
  ])
  return new Map([
    ['assets/site.css', css],
    ['assets/icon.svg', icon],
  ])
}

/** Builders; none needs another. */
const BUILDERS: readonly ((site: Site) => Files | Promise<Files>)[] = [
  assetFiles,
  guideFiles,
  programFiles,
  changelogFiles,
  lostFiles,
]

/** Builds the files. Where there are releases, `redocly diff` runs for the changelog. */
export const contentFiles = async (site: Site): Promise<Files> =>
  merged(await Promise.all(BUILDERS.map((build) => build(site))))
