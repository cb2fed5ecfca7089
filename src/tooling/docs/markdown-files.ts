/**
 * `reference.md` and `llms.txt`: what the pages say, as Markdown.
 *
 * @module
 */
import { regionsOf, sectionsOf, signingOf } from './content/api.js'
import type { Field } from './content/fields.js'
import { type Call, callsOf, type Failure, type MessageType } from './content/operations.js'
import { toolsMarkdown } from './pages/install-snippet.js'
import { PAGES } from './pages/layout.js'
import type { Site } from './site.js'
import { filesOf } from './site-map.js'

const flat = (markdown: string): string => markdown.replaceAll(/\s*\n\s*/g, ' ').trim()
const assumed = (all: readonly string[], indent = ''): string =>
  all.map((one) => `${indent}  - Not confirmed: ${flat(one)}\n`).join('')
const fence = (source: string, lang: string): string => `\`\`\`${lang.toLowerCase()}\n${source.trimEnd()}\n\`\`\`\n`

function field(one: Field, indent = ''): string {
  const facts = [one.type, one.required ? 'required' : 'optional', ...one.limits]
  const preset = one.default === undefined ? '' : `; default \`${one.default}\``
  const example = one.examples[0] === undefined ? '' : ` Example: \`${one.examples[0]}\`.`
  const head = `${indent}- \`${one.name}\` (${facts.join('; ')}${preset}): ${flat(one.description)}${example}\n`
  return head + assumed(one.assumptions, indent) + one.fields.map((inner) => field(inner, `${indent}  `)).join('')
}

const fields = (all: readonly Field[]): string => all.map((one) => field(one)).join('')

function type({ name, description, counted, stored, status, fields: all, assumptions }: MessageType): string {
  const facts = [
    status ? 'made for status messages' : '',
    counted ? 'counted' : 'not counted',
    stored ? 'stored' : 'not stored',
  ]
  const head = `- \`${name}\` (${facts.filter((one) => one).join('; ')}): ${flat(description)}\n`
  return head + all.map((one) => field(one, '  ')).join('') + assumed(assumptions)
}

function failure({ code, status, summary, description, retry, assumptions }: Failure): string {
  const again = retry ? ` Send again? ${retry}` : ''
  return `- **${code}**, HTTP ${status}: ${flat(summary)}. ${flat(description)}${again}\n${assumed(assumptions)}`
}

/** A section, or nothing where it would be empty. */
const section = (title: string, body: string, level = 3): string =>
  body === '' ? '' : `${'#'.repeat(level)} ${title}\n\n${body}\n`

function rate({ rate: found }: Call): string {
  if (!found) return ''
  const cost = found.cost ? ` Each value of \`${found.cost}\` counts as one.` : ''
  return `- ${found.limit} messages in ${found.period} ms, for each App Key.${cost}\n${assumed(found.assumptions)}`
}

function call(one: Call): string {
  const { success } = one
  const answers = success.examples
    .map(({ summary, value }) => `${summary}:\n\n${fence(JSON.stringify(value, null, 2), 'json')}\n`)
    .join('')
  const examples = one.examples
    .map(({ summary, value }) => `${summary}:\n\n${fence(JSON.stringify(value, null, 2), 'json')}\n`)
    .join('')
  const samples = one.samples.map(({ label, lang, source }) => `${label}:\n\n${fence(source, lang)}\n`).join('')
  return [
    section(one.summary, `\`${one.method} ${one.path}\`, operation \`${one.id}\`\n\n${one.description}\n`, 2),
    section('Request', `${flat(one.body)}\n\n${fields(one.fields)}`),
    section('Headers', fields(one.headers)),
    section('Examples', examples),
    section('Message types', one.types.map(type).join('')),
    section('Answer', `HTTP ${success.status}. ${flat(success.description)}\n\n${fields(success.fields)}\n${answers}`),
    section('Errors', one.failures.map(failure).join('')),
    section('Rate limit', rate(one)),
    section('Code samples', samples),
  ].join('\n')
}

function headers({ spec }: Site): string {
  return (signingOf(spec)?.headers ?? [])
    .map(({ header, description, aliases, assumptions }) => {
      const also = aliases.length > 0 ? ` Also as ${aliases.map((alias) => `\`${alias}\``).join(', ')}.` : ''
      return `- \`${header}\`: ${flat(description)}${also}\n${assumed(assumptions)}`
    })
    .join('')
}

function hosts({ spec }: Site): string {
  const rows = regionsOf(spec).map(({ name, id, primary, backup, notes }) => {
    const second = backup ? `, backup ${backup}` : ''
    return `- ${name} (\`${id}\`): ${primary}${second}.${notes.length > 0 ? ` ${notes.map(flat).join(' ')}` : ''}\n`
  })
  return rows.join('')
}

/** @returns `reference.md` */
export function referenceMarkdown(site: Site): string {
  const info = site.spec['info']
  const [intro, ...sections] = sectionsOf(site.spec)
  return [
    `# ${info?.['title']}\n\nVersion ${info?.['version']}. ${info?.['summary'] ?? ''}\n\n${intro?.markdown}\n`,
    ...sections.map(({ title, markdown }) => section(title, `${markdown}\n`, 2)),
    ...callsOf(site.spec).map(call),
    section('Headers that sign a call', headers(site), 2),
    section('Hosts', hosts(site), 2),
  ].join('\n')
}

/** @returns `llms.txt`, as llmstxt.org has it: a title, a summary, lists of links */
export function llms(site: Site): string {
  const info = site.spec['info']
  const files = filesOf(site).map(({ path, name, words }) => `- [${name}](${site.url}${path}): ${words}\n`)
  const pages = PAGES.map(({ path, name, words }) => `- [${name}](${site.url}${path}): ${words}\n`)
  const calls = callsOf(site.spec).map(
    ({ method, path, id, summary }) => `- \`${method} ${path}\` (\`${id}\`): ${summary}\n`,
  )
  return [
    `# ${info?.['title']}\n\n> ${info?.['summary'] ?? ''}\n\n${sectionsOf(site.spec)[0]?.markdown}\n`,
    section('Operations', calls.join(''), 2),
    section('Test your sender', toolsMarkdown(site), 2),
    section('For programs', files.join(''), 2),
    section('Pages', pages.join(''), 2),
  ].join('\n')
}
