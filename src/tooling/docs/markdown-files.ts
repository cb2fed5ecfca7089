/**
 * `reference.md` and `llms.txt`: what the pages say, as Markdown.
 *
 * @module
 */
import { describeRegions, describeSigning, descriptionSections } from './content/api.js'
import { type Field, type Unconfirmed, unsaidLimits } from './content/fields.js'
import {
  type ApiOperation,
  describeOperations,
  type ErrorAnswer,
  type Example,
  type MessageType,
  type RateLimit,
} from './content/operations.js'
import type { Spec } from './content/spec.js'
import type { Site } from './site.js'
import { MACHINE_FILES, NAVIGATION, type SiteEntry } from './site-map.js'

const onOneLine = (markdown: string): string => markdown.replaceAll(/\s*\n\s*/g, ' ').trim()

const fence = (source: string, lang: string): string => `\`\`\`${lang.toLowerCase()}\n${source.trimEnd()}\n\`\`\`\n`

/** A section, or nothing where it would be empty. */
const markdownSection = (title: string, body: string, level = 3): string =>
  body === '' ? '' : `${'#'.repeat(level)} ${title}\n\n${body}\n`

const assumptionItems = (assumptions: readonly Unconfirmed[], indent = ''): string =>
  assumptions.map(({ text }) => `${indent}  - Not confirmed: ${onOneLine(text)}\n`).join('')

function fieldItem(field: Field, indent = ''): string {
  const facts = [field.type, field.required ? 'required' : 'optional', ...unsaidLimits(field)]
  const preset = field.default === undefined ? '' : `; default \`${field.default}\``
  const example = field.examples[0] === undefined ? '' : ` Example: \`${field.examples[0]}\`.`
  const item = `${indent}- \`${field.name}\` (${facts.join('; ')}${preset}): ${onOneLine(field.description)}${example}\n`
  const inner = field.fields.map((one) => fieldItem(one, `${indent}  `))
  return item + assumptionItems(field.assumptions, indent) + inner.join('')
}

const fieldList = (fields: readonly Field[]): string => fields.map((field) => fieldItem(field)).join('')

function messageTypeItem(type: MessageType): string {
  const facts = [
    ...(type.status ? ['made for status messages'] : []),
    type.counted ? 'counted' : 'not counted',
    type.stored ? 'stored' : 'not stored',
  ]
  const item = `- \`${type.name}\` (${facts.join('; ')}): ${onOneLine(type.description)}\n`
  return item + type.fields.map((field) => fieldItem(field, '  ')).join('') + assumptionItems(type.assumptions)
}

function errorItem({ code, status, summary, description, retry, causes, diagnosis, assumptions }: ErrorAnswer): string {
  const advice = retry ? ` Send again? ${retry}` : ''
  const lines = [
    ...causes.map((cause) => `  - Why it happens: ${onOneLine(cause)}\n`),
    ...diagnosis.map((step) => `  - How to find out: ${onOneLine(step)}\n`),
  ].join('')
  return `- **${code}**, HTTP ${status}: ${onOneLine(summary)}. ${onOneLine(description)}${advice}\n${lines}${assumptionItems(assumptions)}`
}

function rateLimitItem({ phrase, cost, assumptions }: RateLimit): string {
  const price = cost ? ` Each value of \`${cost}\` counts as one.` : ''
  return `- ${phrase}, for each App Key.${price}\n${assumptionItems(assumptions)}`
}

const exampleList = (examples: readonly Example[]): string =>
  examples.map(({ summary, value }) => `${summary}:\n\n${fence(JSON.stringify(value, null, 2), 'json')}\n`).join('')

function operationMarkdown(operation: ApiOperation): string {
  const { id, method, path, summary, description, success, rateLimit } = operation
  const answer = `HTTP ${success.status}. ${onOneLine(success.description)}\n\n${fieldList(success.fields)}\n${exampleList(success.examples)}`
  const samples = operation.samples.map(({ label, lang, source }) => `${label}:\n\n${fence(source, lang)}\n`)
  return [
    markdownSection(summary, `\`${method} ${path}\`, operation \`${id}\`\n\n${description}\n`, 2),
    operation.takesForm
      ? markdownSection('Request', `${onOneLine(operation.body)}\n\n${fieldList(operation.fields)}`)
      : '',
    markdownSection('Headers', fieldList(operation.headers)),
    operation.takesForm ? markdownSection('Examples', exampleList(operation.examples)) : '',
    markdownSection('Message types', operation.messageTypes.map(messageTypeItem).join('')),
    markdownSection('Answer', answer),
    markdownSection('Errors', operation.errors.map(errorItem).join('')),
    markdownSection('Rate limit', rateLimit ? rateLimitItem(rateLimit) : ''),
    markdownSection('Code samples', samples.join('')),
  ].join('\n')
}

function signingHeaderList(spec: Spec): string {
  const headers = describeSigning(spec)?.headers ?? []
  const items = headers.map(({ header, description, aliases, assumptions }) => {
    const also = aliases.length > 0 ? ` Also as ${aliases.map((alias) => `\`${alias}\``).join(', ')}.` : ''
    return `- \`${header}\`: ${onOneLine(description)}${also}\n${assumptionItems(assumptions)}`
  })
  return items.join('')
}

function hostList(spec: Spec): string {
  const items = describeRegions(spec).map(({ name, id, primary, backup, notes }) => {
    const second = backup ? `, backup ${backup}` : ''
    const remarks = notes.map((note) => ` ${onOneLine(note)}`).join('')
    return `- ${name} (\`${id}\`): ${primary}${second}.${remarks}\n`
  })
  return items.join('')
}

/** @returns `reference.md` */
export function referenceMarkdown({ spec }: Site): string {
  const { title, version, summary = '' } = spec.info
  const [intro, ...sections] = descriptionSections(spec)
  return [
    `# ${title}\n\nVersion ${version}. ${summary}\n\n${intro?.markdown}\n`,
    ...sections.map((section) => markdownSection(section.title, `${section.markdown}\n`, 2)),
    ...describeOperations(spec).map(operationMarkdown),
    markdownSection('Headers that sign a call', signingHeaderList(spec), 2),
    markdownSection('Hosts', hostList(spec), 2),
  ].join('\n')
}

/** Where the links of `llms.txt` lead. */
export interface LlmsLinks {
  /** Address of a page; undefined where pages have none. */
  readonly page: (path: string) => string | undefined
  /** Address of a file for programs; undefined where there is no such file. */
  readonly file: (path: string) => string | undefined
}

const listItem = ({ name, summary }: Omit<SiteEntry, 'path'>, link: string | undefined): string =>
  link === undefined ? `- ${name}: ${summary}\n` : `- [${name}](${link}): ${summary}\n`

/** @returns `llms.txt`, as llmstxt.org has it: a title, a summary, lists of links */
export function llmsText(site: Site, links: LlmsLinks): string {
  const start = site.pages.find(({ path }) => path === '')
  const groups = NAVIGATION.map(({ name, pages }) => {
    const existing = pages.flatMap(({ file }) => site.pages.find((page) => page.file === file) ?? [])
    const items = existing.map(({ path, title, summary }) => listItem({ name: title, summary }, links.page(path)))
    return markdownSection(name, items.join(''), 2)
  })
  const operations = describeOperations(site.spec).map(
    ({ id, method, path, summary }) => `- \`${method} ${path}\` (\`${id}\`): ${summary}\n`,
  )
  const files = MACHINE_FILES.flatMap((entry) => {
    const link = links.file(entry.path)
    return link === undefined ? [] : [listItem(entry, link)]
  })
  return [
    `# ${site.package}\n\n> ${start?.summary ?? site.spec.info.summary}\n\n${descriptionSections(site.spec)[0]?.markdown}\n`,
    `Install it with \`npm install ${site.package}\`. Node 20.19 or newer.\n`,
    ...groups,
    markdownSection('Operations', operations.join(''), 2),
    markdownSection('For programs', files.join(''), 2),
  ]
    .filter((part) => part !== '')
    .join('\n')
}

/** Files for programs of the package, by their path on the site. */
const PACKED_FILES: Readonly<Record<string, string>> = {
  'openapi.yaml': 'generated/openapi.yaml',
  'openapi.json': 'generated/openapi.json',
  'vectors.json': 'generated/vectors.json',
  'vectors.schema.json': 'generated/vectors.schema.json',
}

/** `llms.txt` of the package: links to its own files, and to the pages where the address of the site is known. */
export const packageLlmsText = (site: Site): string =>
  llmsText(site, {
    page: (path) => (site.published ? site.url + path : undefined),
    file: (path) => PACKED_FILES[path],
  })

/** `llms.txt` of the site. */
export function siteLlmsText(site: Site): string {
  const link = (path: string) => site.url + path
  return llmsText(site, { page: link, file: link })
}
