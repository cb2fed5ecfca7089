/** The command `npm run generate`, in a copy of the project: what it writes, what it prints, and how it ends. */
import { mkdir, readdir, readFile, rename, stat, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { copyProject, generate } from '../support/project-copy.js'

// Each generation takes a second; on a machine that does much else, as long as that takes.
vi.setConfig({ testTimeout: 60_000 })

let copy: Awaited<ReturnType<typeof copyProject>>
beforeEach(async () => {
  copy = await copyProject()
})
afterEach(() => copy.remove())

const FORM = 'spec/components/schemas/GroupStatusMessage.yaml'

/** All that is in a folder of the copy, by name. */
async function contents(folder = 'generated'): Promise<Record<string, string>> {
  const names = (await readdir(join(copy.folder, folder))).sort()
  return Object.fromEntries(
    await Promise.all(names.map(async (name) => [name, await readFile(join(copy.folder, folder, name), 'utf8')])),
  )
}

async function edit(file: string, from: string, to: string): Promise<void> {
  const path = join(copy.folder, file)
  const before = await readFile(path, 'utf8')
  expect(before).toContain(from)
  await writeFile(path, before.replace(from, to))
}

/** The inode of each file of `generated/`: another one where a file took the place of the one before. */
async function inodes(): Promise<Record<string, number>> {
  const names = await readdir(join(copy.folder, 'generated'))
  const rows = names.map(async (name) => [name, (await stat(join(copy.folder, 'generated', name))).ino] as const)
  return Object.fromEntries(await Promise.all(rows))
}

describe('npm run generate', () => {
  test('writes what is committed, names each file, and puts whole files in place of the old ones', async () => {
    const before = await contents()
    const numbers = await inodes()
    const { code, stdout, stderr } = await generate(copy.folder)
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout.trimEnd().split('\n').toSorted()).toEqual(Object.keys(before).map((name) => `generated/${name}`))
    expect(await contents()).toEqual(before)
    const renewed = await inodes()
    for (const [name, number] of Object.entries(numbers)) expect(renewed[name], name).not.toBe(number)
  })

  test('writes to another folder, from another root, and makes the folder', async () => {
    const root = await readFile(join(copy.folder, 'spec/openapi.yaml'), 'utf8')
    await writeFile(join(copy.folder, 'spec/other.yaml'), root.replace('version: 1.0.0', 'version: 1.0.1'))
    const before = await contents()
    const { code } = await generate(copy.folder, '--out', 'elsewhere/deep', '--spec', 'spec/other.yaml')
    expect(code).toBe(0)
    expect(await contents()).toEqual(before)
    const after = await contents('elsewhere/deep')
    expect(Object.keys(after)).toEqual(Object.keys(before))
    expect(after['openapi.json']).toContain('"version":"1.0.1"')
  })

  test('leaves all files as they were when one of them cannot be written', async () => {
    await edit(FORM, 'maxItems: 3', 'maxItems: 4')
    const before = await contents()
    // A folder where the last file would be written.
    await mkdir(join(copy.folder, 'generated/.vectors.d.ts.new'))
    const { code, stdout, stderr } = await generate(copy.folder)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toContain('EISDIR')
    for (const [name, text] of Object.entries(before))
      expect(await readFile(join(copy.folder, 'generated', name), 'utf8'), name).toBe(text)
  })

  describe('a file that is no longer made', () => {
    const write = (name: string, text = 'mine\n') => writeFile(join(copy.folder, name), text)

    test('is named by --check, and removed from generated/; all else stays', async () => {
      await write('keep.txt')
      await write('generated/old.ts')
      await write('generated/old.json')
      await write('generated/.hidden')
      await mkdir(join(copy.folder, 'generated/folder'))
      await write('generated/folder/deep.ts')
      await symlink(join(copy.folder, 'keep.txt'), join(copy.folder, 'generated/link.ts'))
      const before = (await readdir(join(copy.folder, 'generated'))).sort()
      const checked = await generate(copy.folder, '--check')
      expect([checked.code, checked.stdout, checked.stderr.split('\n').sort()]).toEqual([
        1,
        '',
        ['', ...['old.json', 'old.ts'].map((name) => `generated/${name}: no longer made, run npm run generate`)],
      ])
      expect((await readdir(join(copy.folder, 'generated'))).sort()).toEqual(before)
      expect(await generate(copy.folder)).toMatchObject({ code: 0, stderr: '' })
      const after = (await readdir(join(copy.folder, 'generated'))).sort()
      expect(before.filter((name) => !after.includes(name))).toEqual(['old.json', 'old.ts'])
      expect(await readdir(join(copy.folder, 'generated/folder'))).toEqual(['deep.ts'])
      expect(await readFile(join(copy.folder, 'keep.txt'), 'utf8')).toBe('mine\n')
    })

    test.each([
      ['of the project itself', '.', 'mine.txt'],
      ['of another name', 'elsewhere', 'elsewhere/mine.ts'],
    ])('is no file of a folder %s', async (_, out, name) => {
      await mkdir(join(copy.folder, 'elsewhere'))
      await write(name)
      expect(await generate(copy.folder, '--out', out)).toMatchObject({ code: 0, stderr: '' })
      expect(await readFile(join(copy.folder, name), 'utf8')).toBe('mine\n')
    })

    test('is no file of a folder that a link called generated leads to', async () => {
      await rename(join(copy.folder, 'generated'), join(copy.folder, 'real'))
      await symlink(join(copy.folder, 'real'), join(copy.folder, 'generated'))
      await write('real/mine.ts')
      expect(await generate(copy.folder, '--check')).toMatchObject({ code: 0, stderr: '' })
      expect(await generate(copy.folder)).toMatchObject({ code: 0, stderr: '' })
      expect(await readFile(join(copy.folder, 'real/mine.ts'), 'utf8')).toBe('mine\n')
    })
  })

  test('--check says nothing when all is as the spec says', async () => {
    expect(await generate(copy.folder, '--check')).toEqual({ code: 0, stdout: '', stderr: '' })
  })

  test('--check names what is stale, and leaves it alone', async () => {
    await writeFile(join(copy.folder, 'generated/contract.ts'), 'stale\n')
    const before = await contents()
    const { code, stdout, stderr } = await generate(copy.folder, '--check')
    expect([code, stdout, stderr]).toEqual([1, '', 'generated/contract.ts: stale, run npm run generate\n'])
    expect(await contents()).toEqual(before)
  })

  test('--check names what an edit of the spec made stale', async () => {
    await edit(FORM, 'maxItems: 3', 'maxItems: 4')
    const { code, stderr } = await generate(copy.folder, '--check')
    expect(code).toBe(1)
    for (const name of ['openapi.json', 'openapi.yaml', 'contract.ts', 'methods.ts', 'validators.js'])
      expect(stderr).toContain(`generated/${name}: stale`)
  })

  test.each([
    ['the linter finds', FORM, 'x-max-bytes: 64', 'x-max-byte: 64', `${FORM}:11:5: Unknown keyword "x-max-byte".`],
    ['the generator finds', FORM, 'type: integer', 'type: object', `${FORM}:`],
  ])('a mistake that %s is one line, and nothing is written', async (_, file, from, to, start) => {
    await edit(file, from, to)
    const before = await contents()
    const { code, stdout, stderr } = await generate(copy.folder)
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr.startsWith(start), stderr).toBe(true)
    expect(stderr.trimEnd().split('\n')).toHaveLength(1)
    expect(await contents()).toEqual(before)
  })

  test('a warning is printed, and stops nothing', async () => {
    await edit('spec/components/responses/BadRequest.yaml', '          - maxItems\n', '')
    const { code, stdout, stderr } = await generate(copy.folder)
    expect(code).toBe(0)
    expect(stderr.split('\n')).toContain(
      'warning: sendGroupStatusMessage: no error answer has "maxItems" in its x-raised-by',
    )
    expect(stdout).toContain('generated/contract.ts')
  })

  test('a folder to write to that is a file is named', async () => {
    const { code, stdout, stderr } = await generate(copy.folder, '--out', 'package.json')
    expect([code, stdout]).toEqual([1, ''])
    expect(stderr).toMatch(/^--out: EEXIST: .*package\.json'\n$/)
  })

  test('a redocly.yaml without our rules is refused', async () => {
    await writeFile(join(copy.folder, 'redocly.yaml'), '')
    const { code, stderr } = await generate(copy.folder)
    expect([code, stderr]).toEqual([1, 'redocly.yaml:1:1: "plugins" must name src/tooling/lint/vocabulary.js.\n'])
  })

  test('an unknown option is named', async () => {
    const { code, stderr } = await generate(copy.folder, '--chek')
    expect([code, stderr.split('\n')[0]]).toEqual([1, expect.stringContaining("Unknown option '--chek'")])
  })

  test('--help says how it is used', async () => {
    const { code, stdout, stderr } = await generate(copy.folder, '--help')
    expect([code, stderr]).toEqual([0, ''])
    expect(stdout).toMatch(/^Usage: npm run generate/)
    for (const option of ['--check', '--spec', '--out']) expect(stdout).toContain(option)
  })
})
