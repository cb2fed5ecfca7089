/**
 * The pages as they stand in the repository: Markdown files of `pages/`.
 *
 * @module
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { marked } from 'marked'

/** Where they stand, relative to the project's folder. */
export const PAGES_FOLDER = 'src/tooling/docs/pages'

/** A page of the repository. */
export interface SourcePage {
  /** Relative to {@link PAGES_FOLDER}: `client/errors.md`. */
  readonly file: string
  /** Relative to the site's root: `client/errors/`. That of the first page is empty. */
  readonly path: string
  /** The one heading of level 1, without marks of Markdown. */
  readonly title: string
  /** The first paragraph, without marks of Markdown. */
  readonly summary: string
  readonly markdown: string
}

/** The path of a page by its file: `client/index.md` is `client/`. */
export const pagePath = (file: string): string => file.replace(/\.md$/, '/').replace(/(^|\/)index\/$/, '$1')

/** Markdown of one line as plain text. */
const plainText = (markdown: string): string =>
  markdown
    .replaceAll(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replaceAll(/[`*]/g, '')
    .replaceAll(/\s+/g, ' ')
    .trim()

/** @returns the page; throws where it has no title or no first paragraph */
export function sourcePage(file: string, markdown: string): SourcePage {
  const tokens = marked.lexer(markdown)
  const titles = tokens.filter((token) => token.type === 'heading' && token['depth'] === 1)
  const [title] = titles
  if (!title || titles.length > 1 || !('text' in title)) throw new Error(`${file}: must have one heading of level 1`)
  const summary = tokens.find((token) => token.type === 'paragraph')
  if (!summary || !('text' in summary)) throw new Error(`${file}: must have a first paragraph`)
  return { file, path: pagePath(file), title: plainText(title.text), summary: plainText(summary.text), markdown }
}

/** All pages of the project. */
export async function readPages(root: string): Promise<SourcePage[]> {
  const folder = join(root, PAGES_FOLDER)
  const files = (await readdir(folder, { recursive: true })).filter((file) => file.endsWith('.md')).toSorted()
  return Promise.all(
    files.map(async (file) => sourcePage(file.replaceAll('\\', '/'), await readFile(join(folder, file), 'utf8'))),
  )
}
