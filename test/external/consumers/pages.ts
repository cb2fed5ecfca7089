/**
 * What the pages about testing print of the projects. A comment `<!-- project: NAME -->` says whose files the blocks below
 * it come from, up to the next such comment or the end of the page.
 *
 * @module
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from '../../support/project-copy.js'

const PAGES = join(ROOT, 'src/tooling/docs/pages/testing')

/** A block of code on a page. */
export interface Block {
  readonly page: string
  readonly project: string
  /** The language, as the fence names it. */
  readonly language: string
  /** The file of the project, or for what the tests print (`text`) the name of the mistake. */
  readonly title: string
  readonly text: string
}

const PART = /<!-- project: ([\w-]+) -->\n([\s\S]*?)(?=<!-- project: |$(?![\s\S]))/g
const FENCE = /^```(\w+)(?: title="([^"]*)")?\n([\s\S]*?)\n```$/gm

function blocksOf(page: string): Block[] {
  const text = readFileSync(join(PAGES, page), 'utf8')
  return [...text.matchAll(PART)].flatMap(([, project = '', part = '']) =>
    [...part.matchAll(FENCE)].map(([, language = '', title = '', block = '']) => ({
      page,
      project,
      language,
      title,
      text: block,
    })),
  )
}

/** The blocks of all pages that belong to a project. */
export const projectBlocks = (): readonly Block[] => readdirSync(PAGES).flatMap(blocksOf)

/** The lines of a block of output, without those that stand for what is left out. */
export const shownLines = ({ text }: Block): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && line !== '…')
