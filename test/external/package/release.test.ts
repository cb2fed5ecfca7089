/** The way to a release: changesets become version and changelog, and the workflow may publish, and no more. */
import { execFileSync } from 'node:child_process'
import { cp, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { shell } from '../../support/packed-install.js'
import { ROOT, run, TSX } from '../../support/project-copy.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'release-'))
  const rooms = ['package.json', 'package-lock.json', 'CHANGELOG.md', '.changeset']
  await Promise.all(rooms.map((room) => cp(join(ROOT, room), join(folder, room), { recursive: true })))
  await symlink(join(ROOT, 'node_modules'), join(folder, 'node_modules'))
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: folder })
  git('init', '--quiet', '--initial-branch', 'main')
  git('add', '--all', '--', ...rooms)
  git('commit', '--quiet', '--message', 'all')
})
afterAll(() => rm(folder, { recursive: true, force: true }))

const text = (file: string) => readFile(join(folder, file), 'utf8')
const versionOf = async (file: string) => (JSON.parse(await text(file)) as { version: string }).version
const waiting = async () =>
  (await readdir(join(folder, '.changeset'))).filter((file) => /^(?!README).*\.md$/.test(file))
const changeset = (...args: string[]) =>
  shell(process.execPath, [join(ROOT, 'node_modules/@changesets/cli/bin.js'), ...args], folder)

test('a changeset becomes the next version, in every file that tells it, and a line of the changelog', async () => {
  const [before, version] = [await text('CHANGELOG.md'), await versionOf('package.json')]
  const lines = await Promise.all(
    (await waiting()).map(async (file) => (await text(`.changeset/${file}`)).split('---\n')[2]),
  )
  const own = '---\n"rongcloud-status-message": major\n---\n\nA change that breaks callers.\n'
  await writeFile(join(folder, '.changeset/breaks.md'), own)
  await changeset('version')
  // The second half of `npm run release:version`.
  await shell('npm', ['install', '--package-lock-only', '--ignore-scripts', '--offline'], folder)

  const next = `${Number(version.split('.')[0]) + 1}.0.0`
  expect([await versionOf('package.json'), await versionOf('package-lock.json')]).toEqual([next, next])
  const after = await text('CHANGELOG.md')
  expect(after).toMatch(new RegExp(`^# .*\n\n## ${next}\n\n### Major Changes\n\n- .*A change that breaks callers\\.`))
  expect(after).toContain(before.replace(/^# .*\n/, '').trim())
  for (const line of lines) expect(after).toContain(line?.trim().split('\n')[0])
  expect(await waiting()).toEqual([])
})

test('npm publishes nothing while the package does not name its repository, and says so in one line', async () => {
  const before = () => run(folder, TSX, [join(ROOT, 'src/tooling/prepublish.ts')])
  const { scripts } = JSON.parse(await text('package.json')) as { scripts: Record<string, string> }
  expect(scripts['prepublishOnly']).toBe('tsx src/tooling/prepublish.ts')
  expect(await before()).toEqual({
    code: 1,
    stdout: '',
    stderr: expect.stringMatching(/^error: "repository" is missing.*\n$/),
  })
  await shell('npm', ['pkg', 'set', 'repository=github:owner/name'], folder)
  expect(await before()).toEqual({ code: 0, stdout: '', stderr: '' })
})

describe('the workflow of a release', () => {
  interface Job {
    readonly permissions?: Readonly<Record<string, string>>
    readonly needs?: string
    readonly uses?: string
    readonly steps?: readonly {
      readonly uses?: string
      readonly run?: string
      readonly with?: Record<string, unknown>
    }[]
  }
  let workflow: { permissions: unknown; jobs: Record<string, Job> }
  beforeAll(async () => {
    workflow = parse(await readFile(join(ROOT, '.github/workflows/release.yml'), 'utf8'))
  })

  test('runs the gate first, and lets the publishing job alone write', () => {
    const { gate, release } = workflow.jobs
    expect(workflow.permissions).toEqual({ contents: 'read' })
    expect(gate).toMatchObject({ uses: './.github/workflows/ci.yml' })
    expect(release).toMatchObject({
      needs: 'gate',
      permissions: { contents: 'write', 'pull-requests': 'write', 'id-token': 'write' },
    })
  })

  test('runs scripts that exist, and holds no token of npm', async () => {
    const source = JSON.stringify(workflow)
    const { scripts } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as { scripts: object }
    const called = [...source.matchAll(/npm run (?:--silent )?([\w:]+)/g)].map(([, name = '']) => name)
    expect(called.toSorted()).toEqual(['release', 'release:version'])
    for (const name of called) expect(scripts).toHaveProperty([name])
    expect(source).not.toMatch(/NPM_TOKEN|NODE_AUTH_TOKEN/)
  })

  test('publishes for everybody, with provenance', async () => {
    const { publishConfig } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8')) as {
      publishConfig: object
    }
    expect(publishConfig).toEqual({ access: 'public', provenance: true })
  })
})
