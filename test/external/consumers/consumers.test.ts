/** The README's set-ups are those of the strangers' projects, which `npm run test:consumers` runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../support/project-copy.js'

const PROJECTS = join(ROOT, 'test/external/consumers/projects')
const readme = readFileSync(join(ROOT, 'README.md'), 'utf8')
const section = /\n## Contract tests in your repository\n([\s\S]*?)\n## /.exec(readme)?.[1] ?? ''
const projects = readdirSync(PROJECTS)

/** What the section says of a project. */
const partOf = (project: string) =>
  section.split(/\n(?=### )/).find((part) => part.includes(`(test/external/consumers/projects/${project})`))

test('there are ten of them, each with mistakes that it finds', () => {
  expect(projects).toHaveLength(10)
  for (const project of projects) {
    const text = readFileSync(join(PROJECTS, project, 'mistakes.json'), 'utf8')
    const mistakes = Object.values(JSON.parse(text) as Record<string, { allowed?: true }>)
    expect(mistakes.filter(({ allowed }) => !allowed).length, project).toBeGreaterThanOrEqual(7)
  }
})

const inReadme = projects.filter(partOf)

test.each(inReadme)('%s: each block of the README stands in its files, word for word', (project) => {
  const folder = join(PROJECTS, project)
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.parentPath.includes('node_modules'))
    .map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'utf8'))
  const blocks = [...(partOf(project) ?? '').matchAll(/^```\w+\n([\s\S]*?)\n```$/gm)].map(([, block = '']) => block)
  expect(blocks.length).toBeGreaterThan(0)
  for (const block of blocks) {
    expect(
      files.some((text) => text.includes(block)),
      `not in ${project}:\n${block}`,
    ).toBe(true)
  }
})

test('each project pins what it installs', () => {
  for (const project of projects) {
    const text = readFileSync(join(PROJECTS, project, 'package.json'), 'utf8')
    const { devDependencies = {} } = JSON.parse(text) as { devDependencies?: Record<string, string> }
    for (const [name, version] of Object.entries(devDependencies)) {
      expect(version, `${project}: ${name}`).toMatch(/^\d+\.\d+\.\d+$/)
    }
  }
})
