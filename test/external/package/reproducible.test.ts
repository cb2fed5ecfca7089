/** Whoever builds the same sources gets the same tarball, byte for byte. */
import { cp, mkdir, mkdtemp, readdir, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { shell } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'
import { pack, type Tarball } from './tarball.js'

let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'reproducible-'))
})
afterAll(() => rm(folder, { recursive: true, force: true }))

/** Nothing but the sources, in a folder of its own: built and packed there. */
async function built(...at: string[]): Promise<Tarball> {
  const project = join(folder, ...at)
  const into = join(folder, `${at[0]}-out`)
  await Promise.all([project, into].map((one) => mkdir(one, { recursive: true })))
  const sources = (await readdir(ROOT)).filter((name) => !/^(\.git|node_modules|dist|coverage|test)$/.test(name))
  await Promise.all(sources.map((name) => cp(join(ROOT, name), join(project, name), { recursive: true })))
  await symlink(join(ROOT, 'node_modules'), join(project, 'node_modules'))
  await shell('npm', ['run', '--silent', 'build'], project, { TZ: at.length > 1 ? 'Asia/Tokyo' : 'UTC' })
  return pack(project, into)
}

test('two folders, two times of build, two time zones: one checksum', async () => {
  const [one, other] = [await built('one'), await built('other', 'deeper', 'still')]
  expect(one.sha512).toBe(other.sha512)
  // The one that the tests build is the same package.
  await mkdir(join(folder, 'own-out'))
  expect((await pack(ROOT, join(folder, 'own-out'))).sha512).toBe(one.sha512)
})
