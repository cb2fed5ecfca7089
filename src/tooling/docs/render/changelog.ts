/**
 * The changelog: that of the package, written by hand, and that of the contract, made by `redocly diff`.
 *
 * @module
 */
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { changesMarkdown, compareContracts } from '../releases.js'
import { readSource, type Site } from '../site.js'

/** What changed in the contract, release by release, as Markdown; the newest first. Nothing before the first release. */
async function contractChangelog(site: Site, compare: typeof compareContracts): Promise<string> {
  if (site.releases.length === 0) return ''
  const contracts = [{ tag: 'Unreleased', spec: site.spec }, ...site.releases]
  const sections = contracts.map(async ({ tag, spec }, i): Promise<string> => {
    const before = contracts[i + 1]
    if (!before) return `### ${tag}\n\nThe first release.\n`
    const { changes } = await compare(before.spec, spec, site.root)
    return `### ${tag}\n\n${changesMarkdown(changes).replaceAll(/^#/gm, '##')}`
  })
  const intro = 'What changed for callers, found by comparing the OpenAPI descriptions of two releases.'
  return `## The contract\n\n${intro}\n\n${(await Promise.all(sections)).join('\n')}`
}

/** The changesets of the next release under a heading of their own; nothing where there are none. */
async function unreleasedChanges(root: string): Promise<string> {
  const folder = join(root, '.changeset')
  const files = (await readdir(folder).catch(() => [])).filter((file) => /\.md$/.test(file) && file !== 'README.md')
  const texts = await Promise.all(files.toSorted().map((file) => readFile(join(folder, file), 'utf8')))
  // The front matter names the package and the part of the version to raise.
  const changes = texts.map((text) => text.replace(/^---\n[\s\S]*?\n---\n/, '').trim())
  return changes.length > 0 ? `## Unreleased\n\n${changes.join('\n\n')}\n\n` : ''
}

/**
 * The changelog as Markdown.
 *
 * @param compare compares two contracts; runs `redocly diff` by default
 */
export async function readChangelog(site: Site, compare: typeof compareContracts = compareContracts): Promise<string> {
  const [changelog, unreleased, contract] = await Promise.all([
    readSource(site, 'CHANGELOG.md'),
    unreleasedChanges(site.root),
    contractChangelog(site, compare),
  ])
  return [unreleased, changelog.replace(/^# .*\n/, ''), contract].filter((part) => part.trim() !== '').join('\n')
}
