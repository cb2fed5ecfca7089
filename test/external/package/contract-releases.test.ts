/** Released contracts, read from the tags of a real repository, and the pages about them. Needs git. */
import { execFileSync } from 'node:child_process'
import { mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { contentFiles } from '../../../src/tooling/docs/build.js'
import { type Files, openSite, type Site } from '../../../src/tooling/docs/site.js'
import { textAt } from '../../support/docs-site.js'
import { copyProject } from '../../support/project-copy.js'

let copy: Awaited<ReturnType<typeof copyProject>>
let site: Site
let files: Files
beforeAll(async () => {
  copy = await copyProject()
  const { folder } = copy
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=t', '-c', 'user.email=t@example.org', ...args], { cwd: folder })
  git('init', '-q')
  git('add', 'generated')
  git('commit', '-qm', 'first')
  git('tag', 'v0.1.0')
  const file = join(folder, 'generated/openapi.json')
  const text = await readFile(file, 'utf8')
  await writeFile(file, text.replace('"version":"1.0.0"', '"version":"1.10.0"').replace('"maxItems":3', '"maxItems":4'))
  git('commit', '-qam', 'second')
  git('tag', 'v0.10.0')
  git('tag', 'not-a-release')
  await rm(join(folder, '.changeset'), { recursive: true, force: true })
  await mkdir(join(folder, '.changeset'))
  await writeFile(join(folder, '.changeset/one.md'), '---\n"rongcloud-status-message": minor\n---\n\nIt waits.\n')
  site = await openSite(folder)
  files = await contentFiles(site)
})
afterAll(() => copy?.remove())

test('are read from the tags, the newest first', () => {
  expect(site.releases.map(({ tag, spec }) => [tag, spec.info.version])).toEqual([
    ['v0.10.0', '1.10.0'],
    ['v0.1.0', '1.0.0'],
  ])
})

test('are compared for the changelog, which begins with unreleased changes', () => {
  expect(textAt(files, 'changelog/index.html')).toMatch(
    /<h3 id="v0100">[\s\S]*maxItems[\s\S]*<h3 id="v010">[\s\S]*<p>The first/,
  )
  expect(textAt(files, 'changelog/index.html')).toMatch(/<h2 id="unreleased">Unreleased .*<\/h2>\s*<p>It waits\.<\/p>/)
})
