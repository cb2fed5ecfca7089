/** The pages about testing quote the strangers' projects, which `npm run test:consumers` runs. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { ROOT } from '../../support/project-copy.js'
import { projectBlocks } from './pages.js'

const PROJECTS = join(ROOT, 'test/external/consumers/projects')
const projects = readdirSync(PROJECTS)
// A title without a dot is the name of a tab.
const titled = projectBlocks().filter(({ title, language }) => language === 'text' || title.includes('.'))

test('there are ten of them, each with mistakes that it finds', () => {
  expect(projects).toHaveLength(10)
  for (const project of projects) {
    const text = readFileSync(join(PROJECTS, project, 'mistakes.json'), 'utf8')
    const mistakes = Object.values(JSON.parse(text) as Record<string, { allowed?: true }>)
    expect(mistakes.filter(({ allowed }) => !allowed).length, project).toBeGreaterThanOrEqual(7)
  }
})

test('only projects that exist are quoted', () => {
  expect(projects).toEqual(expect.arrayContaining([...new Set(titled.map(({ project }) => project))]))
})

test.each(projects)('%s: each block on the pages stands in the file that it names, word for word', (project) => {
  const blocks = titled.filter((block) => block.project === project && block.language !== 'text')
  expect(blocks.length).toBeGreaterThan(0)
  for (const { page, title, text } of blocks) {
    expect(readFileSync(join(PROJECTS, project, title), 'utf8'), `${page}: ${title}`).toContain(text)
  }
})

test('each output on the pages is that of a run', () => {
  const outputs = titled.filter(({ language }) => language === 'text')
  expect(outputs.length).toBeGreaterThan(8)
  for (const { page, project, title } of outputs) {
    const mistakes = JSON.parse(readFileSync(join(PROJECTS, project, 'mistakes.json'), 'utf8')) as object
    expect(['right', ...Object.keys(mistakes)], page).toContain(title)
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
