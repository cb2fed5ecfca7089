/**
 * The playground.
 *
 * @module
 */
import { page } from '../page.js'
import { type Site, write } from '../site.js'

/** Writes `playground/`. */
export async function buildPlayground(site: Site): Promise<void> {
  const body = '<h1>Playground</h1>'
  await write(
    site,
    'playground/index.html',
    page(site, { path: 'playground/', title: 'Playground', description: 'Try a call against the stand-in.', body }),
  )
}
