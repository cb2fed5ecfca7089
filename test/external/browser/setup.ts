/** Builds the site once, for all test files of this folder. */
import type { TestProject } from 'vitest/node'
import { buildSite } from './built.js'
import { chromiumPath } from './chromium.js'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Folder of the built site. */
    site: string
    /** App Secret in the environment while it was built. */
    builtWith: string
  }
}

const BUILT_WITH = 'Zq7vW-OfTheBu1ld'

export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  chromiumPath()
  process.env['RONGCLOUD_APP_SECRET'] = BUILT_WITH
  const { folder, remove } = await buildSite()
  delete process.env['RONGCLOUD_APP_SECRET']
  project.provide('site', folder)
  project.provide('builtWith', BUILT_WITH)
  return remove
}
