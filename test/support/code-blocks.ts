/**
 * The code blocks of the README and of the docs pages, as printed.
 *
 * Each is checked by its language. Comments in front of a block say more:
 *
 *     <!-- run -->               it runs, against a mock of its own; a `text` block behind it is what it prints
 *     <!-- printed by: command -->  a `text` block: what the command prints, run beside the files that the tests have for it
 *     <!-- untested: reason -->  nothing checks it
 */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { ROOT } from './project-copy.js'

export interface CodeBlock {
  /** The Markdown file, relative to the project. */
  readonly page: string
  /** The line of its first line of code, from 1. */
  readonly line: number
  readonly language: string
  readonly title: string | undefined
  readonly text: string
  readonly runs: boolean
  /** Why nothing checks it. */
  readonly untested: string | undefined
  /** The command that prints it. */
  readonly printedBy: string | undefined
  /** What it prints, where the page shows that. */
  readonly prints: string | undefined
}

const PAGES = 'src/tooling/docs/pages'
const PROJECTS = join(ROOT, 'test/external/consumers/projects')

/** README and pages. */
export const markdownFiles = (): string[] => [
  'README.md',
  ...readdirSync(join(ROOT, PAGES), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('.md'))
    .map((path) => join(PAGES, path))
    .toSorted(),
]

/** Comments and blank lines in front of the fence, the fence, the code; a fence may stand in a list. */
const BLOCK = /((?:^<!--.*-->\n+)*)^([ \t]*)```([^\n`]*)\n([\s\S]*?)^\2```[ \t]*$/gm

/** The blocks of one Markdown text. */
export function blocksOf(page: string, markdown: string): CodeBlock[] {
  const found = [...markdown.matchAll(BLOCK)].map((match) => {
    const [whole, comments = '', indent = '', info = '', code = ''] = match
    const start = match.index + whole.indexOf('```', comments.length)
    const [language = ''] = info.trim().split(/\s+/)
    const text = code.replaceAll(new RegExp(`^${indent}`, 'gm'), '')
    return {
      page,
      line: markdown.slice(0, start).split('\n').length + 1,
      language,
      title: /title="([^"]+)"/.exec(info)?.[1],
      text,
      runs: /<!-- run -->/.test(comments),
      printedBy: /<!-- printed by: (.+?) -->/.exec(comments)?.[1],
      untested: /<!-- untested: (.+?) -->/.exec(comments)?.[1],
      end: match.index + whole.length,
      start: match.index,
    }
  })
  return found.map(({ start: _, end, ...block }, i) => {
    const next = found[i + 1]
    const isNext = next?.language === 'text' && markdown.slice(end, next.start).trim() === ''
    return { ...block, prints: block.runs && isNext ? next.text : undefined }
  })
}

/** All blocks, by page. */
export const codeBlocks = (): CodeBlock[] =>
  markdownFiles().flatMap((page) => blocksOf(page, readFileSync(join(ROOT, page), 'utf8')))

/** `page:line`, for titles and messages. */
export const placeOf = ({ page, line }: CodeBlock): string => `${page.replace(`${PAGES}/`, '')}:${line}`

let projectFiles: readonly string[] | undefined

/** Fewer characters stand in some file by chance. */
const MIN_QUOTE = 20

/** Whether a block stands word for word in a file of a consumer's project, which runs it. */
function isQuoted({ language, text }: CodeBlock): boolean {
  if (language === '' || language === 'text' || text.length < MIN_QUOTE) return false
  projectFiles ??= readdirSync(PROJECTS, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/node_modules|package-lock/.test(join(entry.parentPath, entry.name)))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
  return projectFiles.some((file) => file.includes(text))
}

/** What checks a block. */
export type Check = 'types' | 'shell' | 'data' | 'compiler' | 'output' | 'project' | 'untested'

const CHECKS: Readonly<Record<string, Check>> = {
  ts: 'types',
  js: 'types',
  sh: 'shell',
  json: 'data',
  yaml: 'data',
  python: 'compiler',
  go: 'compiler',
  php: 'compiler',
  text: 'output',
}

/** What checks this block; undefined when nothing can. */
export function checkOf(block: CodeBlock): Check | undefined {
  if (block.untested !== undefined) return 'untested'
  if (isQuoted(block)) return 'project'
  return CHECKS[block.language]
}

/** The first example of the README. */
export function firstExample(): string {
  const { text = '' } = codeBlocks().find(({ page, language }) => page === 'README.md' && language === 'ts') ?? {}
  if (!text.includes('sendGroupStatusMessage')) throw new Error('the first example of the README sends nothing')
  return text
}
