/** Released contracts, what changed between two of them, and the changelog page. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import type { Spec } from '../../../../src/tooling/docs/content/spec.js'
import { type Change, changesMarkdown, readComparison, releasesOf } from '../../../../src/tooling/docs/releases.js'
import { readChangelog } from '../../../../src/tooling/docs/render/changelog.js'
import { docsSite, SPEC } from '../../../support/docs-site.js'

/** The contract under another version. */
const contract = (version: string): Spec => ({ ...SPEC, info: { ...SPEC.info, version } })

describe('releases', () => {
  test('are the tags that have a contract, in the order of git', async () => {
    const asked: string[] = []
    const tags: Record<string, string> = { 'v0.10.0': '1.10.0', 'v0.1.0': '1.0.0' }
    const releases = await releasesOf('.', async (args) => {
      asked.push(args.join(' '))
      if (args[0] === 'tag') return { code: 0, stdout: 'v0.10.0\nv0.2.0\nv0.1.0\n' }
      const version = tags[args[1]?.split(':')[0] ?? '']
      return version ? { code: 0, stdout: JSON.stringify(contract(version)) } : { code: 128, stdout: '' }
    })
    expect(releases.map(({ tag, spec }) => [tag, spec.info.version])).toEqual([
      ['v0.10.0', '1.10.0'],
      ['v0.1.0', '1.0.0'],
    ])
    expect(releases[1]?.spec).toEqual(contract('1.0.0'))
    expect(asked).toEqual([
      'tag --list v[0-9]* --sort=-version:refname',
      'show v0.10.0:generated/openapi.json',
      'show v0.2.0:generated/openapi.json',
      'show v0.1.0:generated/openapi.json',
    ])
  })

  test('are empty outside of a repository', async () => {
    expect(await releasesOf('.', async () => ({ code: 128, stdout: '' }))).toEqual([])
  })
})

describe('a comparison', () => {
  const path = '#/paths/~1a~1b.json/post/requestBody/content/application~1x-www-form-urlencoded/encoding/list'
  const report = {
    changes: [
      { path, kind: 'modified', impact: 'major', property: 'explode', verdicts: [{ message: 'It went.' }] },
      { path: '#/info', kind: 'modified', impact: 'patch', verdicts: [] },
    ],
  } as const

  test('reads the places and messages of a report', () => {
    expect(readComparison(report, { code: 0, stderr: 'diff processed' })).toEqual({
      refusal: undefined,
      changes: [
        {
          impact: 'major',
          kind: 'modified',
          place: '#/paths//a/b.json/post/requestBody/content/application/x-www-form-urlencoded/encoding/list · explode',
          messages: ['It went.'],
        },
        { impact: 'patch', kind: 'modified', place: '#/info', messages: [] },
      ],
    })
  })

  test('has the message of the linter where the version did not change', () => {
    const stderr = 'a.json vs b.json: diff processed in 65ms\n\n❌ info.version stayed 1.0.0, but it must be 2.0.0.\n\n'
    expect(readComparison(report, { code: 1, stderr }).refusal).toBe('info.version stayed 1.0.0, but it must be 2.0.0.')
    expect(readComparison(report, { code: 1, stderr: 'something else\n' }).refusal).toBe('something else')
  })

  test('is written with the breaking changes first', () => {
    const change = (impact: Change['impact'], messages: string[] = []): Change => ({
      impact,
      kind: 'modified',
      place: `#/${impact}`,
      messages,
    })
    expect(changesMarkdown([change('patch'), change('minor', ['One.', 'Two.']), change('major')])).toBe(
      '### Breaking\n\n- `#/major` modified\n\n### Added\n\n- `#/minor` modified: One. Two.\n\n### Other\n\n- `#/patch` modified\n',
    )
    expect(changesMarkdown([])).toBe('Nothing changed.\n')
  })
})

describe('the changelog', () => {
  const root = mkdtempSync(join(tmpdir(), 'changelog-'))
  mkdirSync(join(root, '.changeset'))
  writeFileSync(join(root, 'CHANGELOG.md'), '# rongcloud-status-message\n\n## 0.1.0\n\n- The first.\n')
  writeFileSync(join(root, '.changeset/one.md'), '---\n"rongcloud-status-message": minor\n---\n\nIt waits.\n')
  writeFileSync(join(root, '.changeset/README.md'), 'No change.\n')
  afterAll(() => rmSync(root, { recursive: true }))

  test('says nothing of the contract before the first release', async () => {
    expect(await readChangelog(await docsSite())).not.toContain('## The contract')
  })

  test('compares each contract with the one before it, the newest first', async () => {
    const releases = ['v0.10.0', 'v0.1.0'].map((tag, i) => ({ tag, spec: contract(`1.${i}.0`) }))
    const compared: unknown[] = []
    const markdown = await readChangelog({ ...(await docsSite()), root, releases }, async (base, revision) => {
      compared.push([base['info']?.['version'], revision['info']?.['version']])
      const place = `from ${base['info']?.['version']}`
      return { changes: [{ impact: 'minor', kind: 'added', place, messages: ['maxItems'] }], refusal: undefined }
    })
    expect(compared).toEqual([
      ['1.0.0', '1.0.0'],
      ['1.1.0', '1.0.0'],
    ])
    expect(markdown.slice(markdown.indexOf('### Unreleased'))).toBe(
      '### Unreleased\n\n#### Added\n\n- `from 1.0.0` added: maxItems\n\n' +
        '### v0.10.0\n\n#### Added\n\n- `from 1.1.0` added: maxItems\n\n' +
        '### v0.1.0\n\nThe first release.\n',
    )
  })

  test('shows unreleased changes before released ones', async () => {
    const markdown = await readChangelog({ ...(await docsSite()), root })
    expect(markdown).toMatch(/^## Unreleased\n\nIt waits\.\n\s*## 0\.1\.0\n\n- The first\.\n/)
    expect(markdown).not.toContain('No change')
    expect(markdown).not.toContain('"rongcloud-status-message": minor')
  })
})
