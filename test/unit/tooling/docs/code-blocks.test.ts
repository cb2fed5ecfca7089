/**
 * The code blocks of README and docs pages: each is checked by something. Data and command lines are checked here, the
 * others in `test/external/package` (TypeScript and JavaScript), `languages` (shell and others) and `consumers`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse as parseYaml } from 'yaml'
import { type Command, readArguments } from '../../../../src/cli/args.js'
import { splitCommands } from '../../../../src/cli/captures/shell.js'
import { createClient, type ErrorKind } from '../../../../src/index.js'
import { blocksOf, type Check, checkOf, codeBlocks, markdownFiles, placeOf } from '../../../support/code-blocks.js'
import { ROOT } from '../../../support/project-copy.js'

const BLOCKS = codeBlocks()
const README = readFileSync(join(ROOT, 'README.md'), 'utf8')
const pageText = (page: string) => readFileSync(join(ROOT, 'src/tooling/docs/pages', page), 'utf8')

describe('a block of Markdown', () => {
  const MARKDOWN =
    '# A\n\n<!-- run -->\n```ts title="src/a.ts"\nrun()\n```\n\n```text\n1\n```\n\n- b\n\n  ```sh\n  ls\n  ```\n'

  test('has its place, language, title and code; a text block behind one that runs is what it prints', () => {
    expect(blocksOf('a.md', MARKDOWN)).toMatchObject([
      { line: 5, language: 'ts', title: 'src/a.ts', text: 'run()\n', runs: true, prints: '1\n' },
      { line: 9, language: 'text', text: '1\n', runs: false, prints: undefined, printedBy: undefined },
      { line: 15, language: 'sh', title: undefined, text: 'ls\n', runs: false },
    ])
  })

  test('names the command that prints it', () => {
    const [block] = blocksOf('a.md', '<!-- printed by: a -- b > c -->\n```text\n1\n```\n')
    expect(block).toMatchObject({ printedBy: 'a -- b > c', text: '1\n' })
  })

  test('is not what another prints when words stand between them', () => {
    const [first] = blocksOf('a.md', MARKDOWN.replace('```text', 'Elsewhere:\n\n```text'))
    expect(first?.prints).toBeUndefined()
  })

  test.each<[string, string, Check | undefined]>([
    ['is checked by its language', '```python\nprint()\n```', 'compiler'],
    ['is run by a project that has it word for word', "```ts\nimport { setupServer } from 'msw/node'\n```", 'project'],
    ['is not checked where a comment says why', '<!-- untested: needs an account -->\n```ts\na()\n```', 'untested'],
    ['is checked by nothing in a language that nothing knows', '```cobol\nSTOP RUN.\n```', undefined],
    ['is not taken for one of a project when it is short', '```cobol\nimport {\n```', undefined],
    ['is checked by nothing without a language', '```\na\n```', undefined],
  ])('%s', (_name, markdown, check) => {
    const [block] = blocksOf('a.md', markdown)
    expect(block && checkOf(block)).toBe(check)
  })
})

test('each block of README and pages is checked, and few are not', () => {
  expect(BLOCKS.filter((block) => checkOf(block) === undefined).map(placeOf)).toEqual([])
  expect(BLOCKS.filter((block) => checkOf(block) === 'untested').map(placeOf)).toEqual([])
  const checked = (check: Check) => BLOCKS.filter((block) => checkOf(block) === check).length
  expect(checked('types')).toBeGreaterThan(20)
  expect(checked('shell')).toBeGreaterThan(15)
})

test('the first predefined message type of each page is the one for typing, which a text only follows', () => {
  const SENT = /(?:message\(|objectName\W+|"?--type |sendGroupStatusMessage.*)['"]?(RC:\w+)/
  const firsts = markdownFiles().flatMap((page) => {
    const sent = BLOCKS.filter((block) => block.page === page).flatMap(({ text }) => SENT.exec(text)?.[1] ?? [])
    return sent.slice(0, 1).map((type) => `${page}: ${type}`)
  })
  expect(firsts.length).toBeGreaterThan(15)
  expect(firsts.filter((line) => !line.endsWith(': RC:TypSts'))).toEqual([])
})

test('each block of JSON or YAML parses', () => {
  for (const block of BLOCKS.filter((each) => checkOf(each) === 'data')) {
    const value: unknown = block.language === 'json' ? JSON.parse(block.text) : parseYaml(block.text)
    expect(value, placeOf(block)).toBeTypeOf('object')
  }
})

/** The commands of shell blocks, as words. */
const commandsOf = (name: string, sub: string) =>
  BLOCKS.filter(({ language }) => language === 'sh').flatMap((block) =>
    splitCommands(block.text)
      .map(({ words }) => words)
      .filter(([first, second]) => first === name && second === sub)
      .map((words) => [`${placeOf(block)}: ${words.join(' ')}`, words.slice(2)] as const),
  )

async function commandNamed(name: string): Promise<Command> {
  const { command } = (await import(`../../../../src/cli/commands/${name}.ts`)) as { command: Command }
  return command
}

test.each(commandsOf('npx', 'rongcloud-status-message'))(
  '%s has a command and flags that exist',
  async (_text, words) => {
    const [name = '', ...argv] = words
    const command = await commandNamed(name)
    const { positionals, afterDashes } = readArguments(argv, command.flags(argv), command)
    expect({ name, needs: positionals.length + (afterDashes?.length ?? 0) > 0 }).toEqual({
      name,
      needs: ['test', 'check'].includes(name),
    })
  },
)

test('each package that a page installs is one that the tests install, too', () => {
  const manifests = [
    join(ROOT, 'package.json'),
    ...readdirSync(join(ROOT, 'test'), { recursive: true, encoding: 'utf8' })
      .filter((path) => path.endsWith('package.json') && !path.includes('node_modules'))
      .map((path) => join(ROOT, 'test', path)),
  ].map((path) => JSON.parse(readFileSync(path, 'utf8')) as Record<string, Record<string, string> | undefined>)
  const known = new Set([
    'rongcloud-status-message',
    ...manifests.flatMap((file) => Object.keys({ ...file['dependencies'], ...file['devDependencies'] })),
  ])
  const lines = [...commandsOf('npm', 'install'), ...commandsOf('npm', 'i')]
  expect(lines.length).toBeGreaterThan(2)
  for (const [text, words] of lines) {
    for (const word of words.filter((part) => !part.startsWith('-'))) {
      expect(known.has(word.replace(/(?<=.)@[^/]*$/, '')), `${text}: ${word}`).toBe(true)
    }
  }
})

describe('README.md', () => {
  test('is one screen or two', () => {
    expect(README.split('\n').length).toBeLessThanOrEqual(125)
    expect(Buffer.byteLength(README)).toBeLessThanOrEqual(10_000)
  })

  test('says that it is unofficial in its first line, as the other first pages do', () => {
    const firstLine = (text: string) => text.split('\n')[2]
    expect(firstLine(README)).toMatch(/^Unofficial /)
    expect(firstLine(pageText('index.md'))).toMatch(/^Unofficial /)
    expect(firstLine(pageText('zh/index.md'))).toMatch(/^非官方/)
  })

  test('shows the same first test as the pages Start in both languages, but for its words', () => {
    const tests = BLOCKS.filter(({ title }) => title === 'typing.test.ts')
    expect(tests.map(({ page }) => page.replace(/.*pages\//, ''))).toEqual(['README.md', 'index.md', 'zh/index.md'])
    const code = tests.map(({ text }) => text.replaceAll(/ \/\/.*|'[^']*(somebody|正在输入).*'/g, ''))
    expect(new Set(code).size).toBe(1)
  })
})

/** A link of Markdown to a file here, without its anchor. */
const linksOf = (text: string) =>
  [...text.matchAll(/\]\((?!https?:)([^)#\s]*)/g)].map(([, path = '']) => path).filter((path) => path !== '')

test.each(markdownFiles())('the links of %s lead to files', (page) => {
  const text = readFileSync(join(ROOT, page), 'utf8')
  expect(linksOf(text).filter((path) => !existsSync(join(ROOT, page, '..', path)))).toEqual([])
})

describe('a table has every row:', () => {
  const KINDS: Readonly<Record<ErrorKind, true>> = {
    contract: true,
    usage: true,
    'rate-limit': true,
    api: true,
    network: true,
    timeout: true,
    aborted: true,
    limiter: true,
  }
  test.each([
    ['README.md', README],
    ['client/errors.md', pageText('client/errors.md')],
    ['zh/index.md', pageText('zh/index.md')],
  ])('the kinds of errors in %s', (_page, text) => {
    const cells = text.split('\n').flatMap((line) => line.split('|')[1] ?? [])
    for (const kind of Object.keys(KINDS)) expect(cells.join()).toContain(`\`${kind}\``)
  })

  test('each kind of error in client/errors.md has a link to what to do', () => {
    const text = pageText('client/errors.md')
    const table = text.split('## Kinds')[1]?.split('\n## ')[0] ?? ''
    for (const kind of Object.keys(KINDS)) {
      const row = table.split('\n').find((line) => line.split('|')[1]?.includes(`\`${kind}\``))
      const cells = row?.split(' | ') ?? []
      expect(cells, kind).toHaveLength(4)
      expect(cells.at(-1), kind).toMatch(/\]\([^)]+\)/)
    }
  })

  const keys = { appKey: 'k', appSecret: 's', baseUrl: 'http://mock' }
  const unknown = { '?': 1 } as object
  const optionsOf = (call: () => unknown): string[] => {
    try {
      call()
    } catch (error) {
      return /Its options are (.*)/.exec(String(error))?.[1]?.split(', ') ?? []
    }
    return []
  }
  test.each([
    ['of a client', 'client/index.md', () => createClient({ ...keys, ...unknown })],
    ['of a batch', 'client/batch.md', () => createClient(keys).batch.sendGroupStatusMessage({} as never, unknown)],
  ])('the options %s in %s', (_name, page, call) => {
    const options = optionsOf(call)
    expect(options.length).toBeGreaterThan(4)
    for (const option of options) expect(pageText(page)).toContain(`\`${option}\``)
  })

  test('the options of a call in client/index.md', async () => {
    const fields = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'y' }
    const { error } = await createClient(keys).safe.sendGroupStatusMessage(fields, unknown)
    const options = /Its options are (.*)/.exec(error?.message ?? '')?.[1]?.split(', ') ?? []
    expect(options).toHaveLength(6)
    for (const option of options) expect(pageText('client/index.md')).toContain(`\`${option}\``)
  })

  test('the entry points of the package in client/index.md', () => {
    const { exports } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { exports: object }
    const entries = Object.keys(exports).filter((entry) => entry !== '.' && entry !== './package.json')
    expect(entries.filter((entry) => !pageText('client/index.md').includes(`\`…${entry.slice(1)}\``))).toEqual([])
  })

  test('the commands, and flags that exist, in command-line.md', async () => {
    const text = pageText('command-line.md')
    const names = readdirSync(join(ROOT, 'src/cli/commands')).map((file) => file.replace(/\.ts$/, ''))
    const commands = await Promise.all(names.map(commandNamed))
    const flags = new Set(['help', ...commands.flatMap((command) => Object.keys(command.flags([])))])
    for (const name of names) expect(text).toContain(`\n## ${name}\n`)
    const written = [...text.matchAll(/`--([a-z-]+)/g)].map(([, flag = '']) => flag)
    expect(written.filter((flag) => !flags.has(flag))).toEqual([])
  })
})
