/**
 * What every page is made from: the bundled spec, the project's folder, and where the site will be published. And what
 * a built site is: files by path.
 *
 * @module
 */
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { readPages, type SourcePage } from './content/pages.js'
import type { Spec } from './content/spec.js'
import { type Release, releasesOf } from './releases.js'

/** Files of the site; paths are relative to its root, with slashes between folders. */
export type Files = ReadonlyMap<string, string | Uint8Array>

/** Given to each builder. */
export interface Site {
  /** `generated/openapi.json`. */
  readonly spec: Spec
  /** The project's folder. */
  readonly root: string
  /** Where the site will be published, with a slash at the end. Only sitemap, `llms.txt` and the 404 page need it. */
  readonly url: string
  /** Whether the address is known; else `url` is that of `npm run docs:serve`. */
  readonly published: boolean
  /** Name of the package that the site documents. */
  readonly package: string
  /** Its version. */
  readonly packageVersion: string
  /** The pages of the repository. */
  readonly pages: readonly SourcePage[]
  /** Released contracts, newest first. */
  readonly releases: readonly Release[]
}

/** Settings of a site. */
export interface SiteOptions {
  /** Where it will be published. Default: `homepage` of `package.json`. */
  readonly url?: string | undefined
  /** Released contracts, newest first. Default: those of the repository's tags. */
  readonly releases?: readonly Release[]
  /** Pages. Default: those of the project. */
  readonly pages?: readonly SourcePage[]
}

/** The address of `npm run docs:serve`. */
const LOCAL_URL = 'http://127.0.0.1:8080/'

/** Loads what the pages need from the project's folder. */
export async function openSite(root: string, options: SiteOptions = {}): Promise<Site> {
  const [specText, manifestText, releases, pages] = await Promise.all([
    readFile(join(root, 'generated/openapi.json'), 'utf8'),
    readFile(join(root, 'package.json'), 'utf8'),
    options.releases ?? releasesOf(root),
    options.pages ?? readPages(root),
  ])
  const spec: Spec = JSON.parse(specText)
  const { name, version, homepage }: { name: string; version: string; homepage?: string } = JSON.parse(manifestText)
  const address = options.url ?? homepage
  return {
    spec,
    root,
    url: (address ?? LOCAL_URL).replace(/\/*$/, '/'),
    published: address !== undefined,
    package: name,
    packageVersion: version,
    pages,
    releases,
  }
}

/** Text of a file of the project. */
export const readSource = ({ root }: Site, path: string): Promise<string> => readFile(join(root, path), 'utf8')

/** All files as one map. */
export const mergeFiles = (maps: readonly Files[]): Files => new Map(maps.flatMap((files) => [...files]))

/** Writes files into a folder. */
export async function writeFiles(folder: string, files: Files): Promise<void> {
  const writes = [...files].map(async ([path, content]) => {
    const file = join(folder, path)
    await mkdir(dirname(file), { recursive: true })
    await writeFile(file, content)
  })
  await Promise.all(writes)
}
