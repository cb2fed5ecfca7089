/**
 * The generated part of the page of the endpoint: what each operation is for and how it is called.
 *
 * @module
 */
import {
  type DescriptionSection,
  describeRegions,
  describeSigning,
  descriptionSections,
  type Region,
} from '../content/api.js'
import { describeOperations } from '../content/operations.js'
import { escapeHtml, markdownBlocks, markdownInline } from '../html.js'
import type { Site } from '../site.js'
import { MACHINE_FILES } from '../site-map.js'
import { rowHtml, rowsHtml, sectionHtml } from './components.js'
import { errorsOf } from './errors.js'
import { operationSection } from './operation-section.js'
import { signingSection } from './signing-section.js'

const hostName = (url: string): string => url.replace(/^https?:\/\//, '')

const hostHtml = (url: string, role: 'primary' | 'backup'): string =>
  `<p><code>${escapeHtml(hostName(url))}</code> <span class="which">${role}</span></p>`

function regionRow({ name, id, primary, backup, notes }: Region): string {
  const definition = [
    hostHtml(primary, 'primary'),
    backup ? hostHtml(backup, 'backup') : '',
    ...notes.map((note) => `<p>${markdownInline(note)}</p>`),
  ]
  return rowHtml(`${escapeHtml(name)}<span class="type"><code>${escapeHtml(id)}</code></span>`, definition.join(''))
}

function hostsHtml(regions: readonly Region[], prose: string): string {
  return `${markdownBlocks(prose)}<p>The code beside the name of a region is a value of the client's option <code>region</code>.</p>${rowsHtml(regions.map(regionRow), 'hosts')}`
}

const machineFilesHtml = (): string =>
  rowsHtml(
    MACHINE_FILES.map(({ path, name, summary }) =>
      rowHtml(`<a href="../${path}">${escapeHtml(name)}</a>`, `<p>${escapeHtml(summary)}</p>`),
    ),
  )

/** A section of the page. */
interface SharedSection {
  readonly id: string
  readonly title: string
  readonly body: string
}

const SIGNING_TITLE = 'Signing a call'
const HOSTS_TITLE = 'Hosts'

const sectionId = ({ title }: DescriptionSection): string => title.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')

/** Sections about no single operation. A section of the spec's description with the same title opens them. */
function sharedSections(site: Site): SharedSection[] {
  const described = descriptionSections(site.spec)
  const proseOf = (title: string) => described.find((section) => section.title === title)?.markdown ?? ''
  const others = described.filter(({ title }) => !['', SIGNING_TITLE, HOSTS_TITLE].includes(title))
  const signing = signingSection(describeSigning(site.spec), proseOf(SIGNING_TITLE))
  return [
    { id: 'signing', title: SIGNING_TITLE, body: signing },
    { id: 'hosts', title: HOSTS_TITLE, body: hostsHtml(describeRegions(site.spec), proseOf(HOSTS_TITLE)) },
    ...others.map((section) => ({
      id: sectionId(section),
      title: section.title,
      body: markdownBlocks(section.markdown),
    })),
    { id: 'programs', title: 'For programs', body: machineFilesHtml() },
  ]
}

/** @returns the part as HTML, with paths relative to the page */
export function endpointPart(site: Site): string {
  const host = hostName(describeRegions(site.spec)[0]?.primary ?? 'example.org')
  const signing = describeSigning(site.spec)
  const operations = describeOperations(site.spec)
  const errors = errorsOf(operations)
  const sections = operations.map((operation) => operationSection(operation, host, signing, errors))
  const about = {
    id: 'about',
    title: 'About this description',
    body: markdownBlocks(descriptionSections(site.spec)[0]?.markdown),
  }
  const shared = [...sharedSections(site), about].map(({ id, title, body }) => sectionHtml(id, title, body))
  return [...sections, ...shared].join('')
}
