/** Markdown pages as HTML: titles, anchors, links, code, tabs, alerts, generated parts. */
import { describe, expect, test } from 'vitest'
import { pagePath, readPages, sourcePage } from '../../../../../src/tooling/docs/content/pages.js'
import { fenceInfo, renderMarkdown } from '../../../../../src/tooling/docs/render/markdown-page.js'
import { anchorsOf } from '../../../../../src/tooling/docs/render/outline.js'
import { brokenLinks, pageFiles, relativeLink, resolveLink } from '../../../../../src/tooling/docs/render/page-files.js'
import { docsSite, textAt } from '../../../../support/docs-site.js'
import { parseHtml, select, textOf } from '../../../../support/html.js'
import { ROOT } from '../../../../support/project-copy.js'

const render = (markdown: string) =>
  renderMarkdown(markdown, { resolveLink: (href) => `to:${href}`, generated: (name) => `<p id="${name}">made</p>` })
const elements = (markdown: string, what: string) => select(parseHtml(render(markdown)), what)

describe('a page of the repository', () => {
  test.each([
    ['index.md', ''],
    ['client/index.md', 'client/'],
    ['client/errors.md', 'client/errors/'],
    ['indexes.md', 'indexes/'],
  ])('%s has the path "%s"', (file, path) => {
    expect(pagePath(file)).toBe(path)
  })

  test('has its title and summary from the heading and the first paragraph', () => {
    const page = sourcePage('a.md', '# The `mock`\n\nIt *answers*\nas [the API](b.md) does.\n\nMore.\n')
    expect([page.title, page.summary]).toEqual(['The mock', 'It answers as the API does.'])
  })

  test.each([
    ['no title', 'Text.\n', 'a.md: must have one heading of level 1'],
    ['two titles', '# A\n\nText.\n\n# B\n', 'a.md: must have one heading of level 1'],
    ['no paragraph', '# A\n\n- b\n', 'a.md: must have a first paragraph'],
  ])('with %s is refused', (_name, markdown, message) => {
    expect(() => sourcePage('a.md', markdown)).toThrow(message)
  })
})

describe('a generated part', () => {
  const MARKDOWN = '# A\n\n<!-- generated: errors -->\nRead [this](b.md).\n<!-- /generated -->\n\nMore.\n'

  test('takes the place of what readers of the file see', () => {
    const html = render(MARKDOWN)
    expect(html).toContain('<p id="errors">made</p>')
    expect(html).not.toContain('Read')
    expect(html).toContain('<p>More.</p>')
  })

  test('is described on each page of the repository that has one, with a way to the text', async () => {
    const pages = (await readPages(ROOT)).filter(({ markdown }) => markdown.includes('<!-- generated: '))
    expect(pages.map(({ file }) => file)).toEqual([
      ...['changelog.md', 'contract.md', 'endpoint.md', 'errors.md', 'playground.md', 'reference.md'],
    ])
    for (const { file, markdown } of pages) {
      const [, words = ''] = /<!-- generated: [\w-]+ -->\n([\s\S]*?)<!-- \/generated -->/.exec(markdown) ?? []
      expect(words, file).toMatch(/\]\(|npm run docs|that file/)
    }
  })
})

describe('links', () => {
  test.each([
    ['client/errors.md', '../testing/mock.md#faults', '../../testing/mock/#faults'],
    ['client/errors.md', 'index.md', '../'],
    ['index.md', 'client/index.md', 'client/'],
    ['client/index.md', '../index.md', '../'],
    ['index.md', '../../../../generated/openapi.yaml', 'openapi.yaml'],
    ['client/index.md', '../../../../../CHANGELOG.md', '../changelog/'],
    ['index.md', '#there', '#there'],
    ['index.md', 'https://a.b/c.md', 'https://a.b/c.md'],
    ['index.md', 'mailto:a@b.c', 'mailto:a@b.c'],
  ])('of %s to %s lead to %s', (file, href, link) => {
    expect(resolveLink(file, href)).toBe(link)
  })

  test('from a page to itself keep the folder', () => {
    expect([relativeLink('a/', 'a/'), relativeLink('', ''), relativeLink('a/b/', '')]).toEqual(['./', './', '../../'])
  })

  test('that lead to no page, file or anchor are named', () => {
    const page =
      '<a href="b/">1</a><a href="b/#x">2</a><a href="b/#y">3</a><a href="c/">4</a><a href="#z">5</a><a href="https://h/">6</a>'
    const files = new Map([
      ['index.html', page],
      ['b/index.html', '<p id="x"></p><a href="../openapi.yaml">7</a><a href="../">8</a>'],
    ])
    expect(brokenLinks(files)).toEqual([
      'index.html: b/#y',
      'index.html: c/',
      'index.html: #z',
      'b/index.html: ../openapi.yaml',
    ])
  })
})

describe('headings', () => {
  test('have the ids of GitHub, also when they repeat, and a permalink below the first level', () => {
    const html = render("# The page\n\n## What's `createClient()`?\n\n## What's `createClient()`?\n\n### 错误码\n")
    expect(anchorsOf(html).map(({ id, level, name }) => [id, level, name])).toEqual([
      ['the-page', 1, 'The page'],
      ['whats-createclient', 2, "What's createClient()?"],
      ['whats-createclient-1', 2, "What's createClient()?"],
      ['错误码', 3, '错误码'],
    ])
    const links = select(parseHtml(html), '.permalink').map(({ attributes }) => attributes['href'])
    expect(links).toEqual(['#whats-createclient', '#whats-createclient-1', '#错误码'])
  })
})

describe('code', () => {
  test('has the language and the title of its fence', () => {
    expect(fenceInfo('ts title="src/a b.ts"')).toEqual({ lang: 'ts', title: 'src/a b.ts' })
    expect(fenceInfo('sh')).toEqual({ lang: 'sh', title: undefined })
    const [caption] = elements('```ts title="src/a.ts"\nconst a = 1\n```\n', 'figcaption')
    expect(caption && textOf(caption)).toBe('src/a.ts')
  })

  test('is printed as it stands, with its words marked', () => {
    const [block] = elements("```ts\nconst a = '<b>' // c\n```\n", 'pre')
    expect(block && textOf(block)).toBe("const a = '<b>' // c")
    expect(elements("```ts\nconst a = '<b>' // c\n```\n", '.hljs-comment')).toHaveLength(1)
  })

  test.each([
    ['output with a line that fits no screen', 'text', 105, 'wrap'],
    ['output with shorter lines', 'text', 104, undefined],
    ['code', 'sh', 105, undefined],
  ])('%s has the class that it needs', (_name, lang, length, className) => {
    const fence = `\`\`\`${lang}\nshort\n${'x'.repeat(length)}\n\`\`\`\n`
    const titled = fence.replace(lang, `${lang} title="out"`)
    expect(elements(fence + titled, 'pre').map(({ attributes }) => attributes['class'])).toEqual([className, className])
  })

  test('between the markers of tabs is shown as tabs, named by title or language', () => {
    const markdown =
      '<!-- tabs -->\n```sh title="npm"\nnpm i\n```\n\n```ts\na\n```\n<!-- /tabs -->\n\nAfter.\n\n<!-- tabs -->\n```go\nb\n```\n<!-- /tabs -->\n'
    expect(elements(markdown, 'label').map(textOf)).toEqual(['npm', 'TypeScript', 'Go'])
    expect(elements(markdown, 'input').map(({ attributes }) => attributes['id'])).toEqual([
      'tabs-1-1',
      'tabs-1-2',
      'tabs-2-1',
    ])
    expect(elements(markdown, 'pre').map(textOf)).toEqual(['npm i', 'a', 'b'])
    expect(render(markdown)).toContain('<p>After.</p>')
  })
})

test('alerts have their name, and only warnings the class of warnings', () => {
  const titles = elements('> [!NOTE]\n> One.\n\n> [!WARNING]\n> Two.\n', '.markdown-alert-title').map(textOf)
  expect(titles).toEqual(['Note', 'Warning'])
  expect(elements('> [!WARNING]\n> Two.\n', '.markdown-alert-warning').map(textOf).join()).toContain('Two.')
})

test('alerts of a Chinese page have Chinese names', () => {
  const types = ['NOTE', 'TIP', 'IMPORTANT', 'WARNING', 'CAUTION']
  const markdown = types.map((type) => `> [!${type}]\n> Text.\n`).join('\n')
  const html = renderMarkdown(markdown, { resolveLink: String, generated: String, language: 'zh' })
  const titles = select(parseHtml(html), '.markdown-alert-title').map(textOf)
  expect(titles).toEqual(['说明', '提示', '重要', '警告', '当心'])
})

test('a marker is replaced by its generated part, and other comments are left out', () => {
  const html = render('A\n\n<!-- generated: errors -->\n\n<!-- a note -->\n\nB\n')
  expect(html.replaceAll('\n', '')).toBe('<p>A</p><p id="errors">made</p><p>B</p>')
})

test('tables can be scrolled by keyboard and have their headings marked', () => {
  const markdown = '| a | b |\n| --- | --- |\n| [c](d.md) | `e` |\n'
  expect(elements(markdown, 'th').map(({ attributes }) => attributes['scope'])).toEqual(['col', 'col'])
  expect(elements('|  | b |\n| --- | --- |\n| c | d |\n', 'th')).toHaveLength(1)
  expect(elements(markdown, '.table')[0]?.attributes['tabindex']).toBe('0')
  expect(elements(markdown, 'a')[0]?.attributes['href']).toBe('to:d.md')
})

describe('on narrow screens', () => {
  const long = 'word '.repeat(30)
  const tableOf = (...columns: readonly [head: string, cell: string][]) => {
    const line = (cells: readonly string[]) => `| ${cells.join(' | ')} |\n`
    return line(columns.map(([head]) => head)) + line(columns.map(() => '---')) + line(columns.map(([, cell]) => cell))
  }
  const labelsOf = (markdown: string) => elements(markdown, 'td').map(({ attributes }) => attributes['data-label'])

  test('a table with long texts is a list of its rows, whose cells have the heading of their column', () => {
    const markdown = tableOf(['name', 'a'], ['what it does', long], ['`processed`', 'no'], ['<b>B</b> & "c"', 'd'])
    expect(elements(markdown, '.table')[0]?.attributes['class']).toBe('table wide')
    expect(labelsOf(markdown)).toEqual([undefined, 'What it does', 'processed', 'B & "c"'])
  })

  test.each([
    ['of short texts', tableOf(['a', 'b'], ['c', 'd'], ['e', 'f'])],
    ['with two columns', tableOf(['a', 'b'], ['c', long])],
  ])('a table %s stays one', (_name, markdown) => {
    expect(elements(markdown, '.table')[0]?.attributes['class']).toBe('table')
    expect(labelsOf(markdown).filter((label) => label !== undefined)).toEqual([])
  })
})

test('the first page, in each language, has the name of the package as its heading, and others their own', async () => {
  const site = await docsSite()
  const pages = site.pages.filter(({ path }) => ['', 'zh/', 'client/batch/'].includes(path))
  const files = pageFiles({ ...site, pages }, {})
  const headings = [...files.keys()].map((file) => [file, ...select(parseHtml(textAt(files, file)), 'h1').map(textOf)])
  expect(headings.toSorted()).toEqual([
    ['client/batch/index.html', pages.find(({ path }) => path === 'client/batch/')?.title],
    ['index.html', site.package],
    ['zh/index.html', site.package],
  ])
  expect(select(parseHtml(textAt(files, 'index.html')), 'title').map(textOf)).toEqual([site.package])
})
