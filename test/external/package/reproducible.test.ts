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
  const into = join(folder, 'out')
  await Promise.all([project, into].map((one) => mkdir(one, { recursive: true })))
  const sources = (await readdir(ROOT)).filter((name) => !/^(\.git|node_modules|dist|coverage|test)$/.test(name))
  await Promise.all(sources.map((name) => cp(join(ROOT, name), join(project, name), { recursive: true })))
  await symlink(join(ROOT, 'node_modules'), join(project, 'node_modules'))
  await shell('npm', ['run', '--silent', 'build'], project, { TZ: 'Asia/Tokyo' })
  return pack(project, into)
}

test('two folders, two times of build, two time zones: one checksum', async () => {
  const { sha512 } = await built('deeper', 'still')
  // The one that the tests use was built from the same sources, here and earlier.
  const into = join(folder, 'own')
  await mkdir(into)
  expect((await pack(ROOT, into)).sha512).toBe(sha512)
})
