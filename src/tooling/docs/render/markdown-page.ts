/**
 * A Markdown page of the repository as HTML: headings with permalinks, highlighted code, tabs, alerts, links to other
 * pages, and the parts that are generated.
 *
 * @module
 */
import GithubSlugger from 'github-slugger'
import { Marked, type MarkedExtension, type Tokens } from 'marked'
import markedAlert from 'marked-alert'
import { codeSpan, escapeHtml } from '../html.js'
import {
  codeBlock,
  highlightCode,
  languageName,
  outputClass,
  type Tab,
  tabsHtml,
  titledCodeBlock,
} from './code-block.js'
import { headingHtml } from './heading.js'
import { tableHtml } from './table.js'
import { type Language, WORDS } from './words.js'

/** What a page is rendered with. */
export interface PageContext {
  /** Where a link of this page leads; the address as it stands in the Markdown. */
  readonly resolveLink: (href: string) => string
  /** HTML of a part that is generated, by its name in `<!-- generated: NAME -->`. */
  readonly generated: (name: string) => string
  /** Names alerts. Default `en`. */
  readonly language?: Language
}

/** The words of a fence behind its backticks: the language, and `title="src/typing.ts"`. */
export function fenceInfo(info = ''): { readonly lang: string; readonly title: string | undefined } {
  const [lang = ''] = info.split(/\s/, 1)
  return { lang, title: /\btitle="([^"]*)"/.exec(info)?.[1] }
}

/** A fence as HTML, without its title. */
function fenceHtml({ text, lang: info }: Tokens.Code, label: string): string {
  const { lang } = fenceInfo(info)
  return codeBlock(highlightCode(text, lang), label, outputClass(text, lang))
}

function codeHtml(token: Tokens.Code): string {
  const { lang, title } = fenceInfo(token.lang)
  if (title === undefined) return fenceHtml(token, languageName(lang))
  return titledCodeBlock(highlightCode(token.text, lang), title, outputClass(token.text, lang))
}

function tabOf(token: Tokens.Code): Tab {
  const { lang, title } = fenceInfo(token.lang)
  const label = title ?? languageName(lang)
  return { label, html: fenceHtml(token, label) }
}

/** The fences between `<!-- tabs -->` and `<!-- /tabs -->`. */
function tabsExtension(): MarkedExtension {
  let count = 0
  return {
    extensions: [
      {
        name: 'tabs',
        level: 'block',
        start: (source) => source.match(/^<!-- tabs -->/m)?.index,
        tokenizer(source) {
          const match = /^<!-- tabs -->\n([\s\S]*?)\n<!-- \/tabs -->(?:\n|$)/.exec(source)
          if (!match) return undefined
          const tokens = this.lexer.blockTokens(match[1] ?? '', [])
          return { type: 'tabs', raw: match[0], fences: tokens.filter(({ type }) => type === 'code') }
        },
        renderer({ fences }) {
          count++
          return `${tabsHtml(`tabs-${count}`, 'Which sample', fences.map(tabOf))}\n`
        },
      },
    ],
  }
}

/** Markers of generated parts. Other comments are left out. */
const markerExtension = ({ generated }: PageContext): MarkedExtension => ({
  renderer: {
    html({ text }) {
      const name = /^<!-- generated: ([\w-]+) -->\s*$/.exec(text)?.[1]
      if (name) return `${generated(name)}\n`
      return text.replaceAll(/<!--[\s\S]*?-->\s*/g, '')
    },
  },
})

/** A heading of a generated part may name its id: `## 1004: the signature is wrong {#1004}`. */
const GIVEN_ID = /\s*\{#([\w.-]+)\}$/

/** Headings with the ids of GitHub. */
function headingExtension(): MarkedExtension {
  const slugger = new GithubSlugger()
  return {
    renderer: {
      heading({ tokens, depth, text }) {
        const html = this.parser.parseInline(tokens)
        const given = GIVEN_ID.exec(text)?.[1]
        if (given !== undefined) return headingHtml(depth, given, html.replace(GIVEN_ID, ''))
        return headingHtml(depth, slugger.slug(text.replaceAll(/[`*]/g, '')), html)
      },
    },
  }
}

const linkExtension = ({ resolveLink }: PageContext): MarkedExtension => ({
  renderer: {
    code: codeHtml,
    link({ href, title, tokens }) {
      const attributes = title ? ` title="${escapeHtml(title)}"` : ''
      return `<a href="${escapeHtml(resolveLink(href))}"${attributes}>${this.parser.parseInline(tokens)}</a>`
    },
    codespan: ({ text }) => codeSpan(text),
    table({ header, rows }) {
      const cells = (row: readonly Tokens.TableCell[]) => row.map(({ tokens }) => this.parser.parseInline(tokens))
      return tableHtml(cells(header), rows.map(cells))
    },
  },
})

/** What a reader of the file sees in place of a generated part. */
const PLACEHOLDER = /^(<!-- generated: [\w-]+ -->)\n[\s\S]*?^<!-- \/generated -->$/gm

/** @returns the HTML of the page, its title included */
export function renderMarkdown(markdown: string, context: PageContext): string {
  const marked = new Marked({ gfm: true, async: false })
  marked.use(
    tabsExtension(),
    markerExtension(context),
    headingExtension(),
    linkExtension(context),
    markedAlert({ variants: alertVariants(context.language ?? 'en') }),
  )
  return String(marked.parse(markdown.replaceAll(PLACEHOLDER, '$1')))
}

/** GitHub's alerts without icons: their titles say what they are. */
const alertVariants = (language: Language) =>
  Object.entries(WORDS[language].alerts).map(([type, title]) => ({ type, icon: '', title }))

/** Markdown of a generated part: its links are those of the site. */
export const generatedMarkdown = (markdown: string): string =>
  renderMarkdown(markdown, {
    resolveLink: (href) => href,
    generated: (name) => {
      throw new Error(`${name}: a generated part has none within`)
    },
  })
