/** Builds the playground and its stylesheet alone, of the house in the first argument, into the folder in the second. */
import { join } from 'node:path'

type Built = typeof import('../../../src/site/playground/build.js') & typeof import('../../../src/site/site.js')

const [house = '', out = ''] = process.argv.slice(2)
const part = (file: string) => import(join(house, 'src/site', file)) as Promise<Built>
const [{ buildPlayground }, { copy, openSite }] = await Promise.all([part('playground/build.ts'), part('site.ts')])
const site = await openSite(house, out)
await buildPlayground(site)
await copy(site, 'src/site/site.css', 'assets/site.css')
await copy(site, 'src/site/icon.svg', 'assets/icon.svg')
