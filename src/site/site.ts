/**
 * What every page is made from: the bundled spec, where the site is written to, and where it will be published.
 *
 * @module
 */
import { existsSync } from 'node:fs'
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import type { Json } from '../generate/spec.js'

/** Given to each builder. */
export interface Site {
  /** `generated/openapi.json`. */
  readonly spec: Json
  /** The project's folder. */
  readonly root: string
  /** Folder of the built site. */
  readonly out: string
  /** Where the site will be published, with a slash at the end. Only sitemap, `llms.txt` and the 404 page need it. */
  readonly url: string
  /** Whether somebody said so; else `url` is the address of `npm run docs:serve`. */
  readonly published: boolean
  /** Name of the package that the site is of. */
  readonly package: string
  /** Whether `generated/vectors.json` is there. */
  readonly vectors: boolean
}

/** Where the site is when nothing else is said: the address of `npm run docs:serve`. */
const LOCAL_URL = 'http://127.0.0.1:8080/'

/** Loads what the pages need from the project's folder. */
export async function openSite(root: string, out: string, url?: string): Promise<Site> {
  const read = async (file: string) => JSON.parse(await readFile(join(root, file), 'utf8')) as Json
  const [spec, pack] = await Promise.all([read('generated/openapi.json'), read('package.json')])
  const address = url ?? (pack['homepage'] as unknown as string | undefined)
  const vectors = existsSync(join(root, 'generated/vectors.json'))
  return {
    spec,
    root,
    out,
    url: (address ?? LOCAL_URL).replace(/\/*$/, '/'),
    published: address !== undefined,
    package: String(pack['name']),
    vectors,
  }
}

/** Writes one file of the site; `path` is relative to its root. */
export async function write(site: Site, path: string, content: string | Uint8Array): Promise<void> {
  const file = join(site.out, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, content)
}

/** Copies one file of the project into the site. */
export async function copy(site: Site, from: string, to: string): Promise<void> {
  await mkdir(dirname(join(site.out, to)), { recursive: true })
  await cp(join(site.root, from), join(site.out, to))
}
