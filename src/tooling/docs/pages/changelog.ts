/**
 * The changelog page: the package's by hand, and the contract's as `redocly diff` sees it.
 *
 * @module
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { blocks } from '../html.js'
import { changesMarkdown, compare, type Release } from '../releases.js'
import { type Files, type Site, source } from '../site.js'
import { page } from './layout.js'

/** What changed in the contract, release by release, as Markdown; the newest first. */
async function contractChanges(site: Site, compared: typeof compare): Promise<string> {
  const released = site.releases
  const now: Release = { tag: 'Unreleased', version: '', spec: site.spec }
  const steps = [now, ...released].map(async (release, i): Promise<string> => {
    const before = released[i]
    if (!before) return release === now ? 'There is no release yet.\n' : `## ${release.tag}\n\nThe first.\n`
    const { changes } = await compared(before.spec, release.spec, site.root)
    return `## ${release.tag}\n\n${changesMarkdown(changes)}`
  })
  return (await Promise.all(steps)).join('\n')
}

/** Changes that wait for the next release, under a heading of their own; nothing where there are none. */
async function waiting(root: string): Promise<string> {
  const folder = join(root, '.changeset')
  const files = (await readdir(folder).catch(() => [])).filter((file) => /\.md$/.test(file) && file !== 'README.md')
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), 'utf8')))
  // The first lines say how much a change weighs.
  const told = texts.map((text) => text.replace(/^---\n[\s\S]*?\n---\n/, '').trim())
  return told.length > 0 ? `## Unreleased\n\n${told.join('\n\n')}\n\n` : ''
}

/** One heading level deeper. */
const deeper = (markdown: string): string => markdown.replaceAll(/^#/gm, '##')

/**
 * Builds `changelog/`.
 *
 * @param compared compares two contracts; runs `redocly diff` by default
 */
export async function changelogFiles(site: Site, compared: typeof compare = compare): Promise<Files> {
  const [own, unreleased, contract] = await Promise.all([
    source(site, 'CHANGELOG.md'),
    waiting(site.root),
    contractChanges(site, compared),
  ])
  const body = `<h1>Changelog</h1>
<h2>The package</h2>
${blocks(deeper(unreleased + own.replace(/^# .*\n/, '')))}
<h2>The contract</h2>
<p>What changed for those who call, found by comparing the descriptions of two releases.</p>
${blocks(deeper(contract))}`
  const description = 'What changed, release by release.'
  return new Map([
    ['changelog/index.html', page(site, { path: 'changelog/', title: 'Changelog', description, body })],
    ['changelog/contract.md', `# Changes of the contract\n\n${contract}`],
  ])
}
