/** What the package brings along, and what its makers use: known licences, and the list of parts that goes with a release. */
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shell } from '../../support/packed-install.js'
import { ROOT } from '../../support/project-copy.js'

interface Entry {
  readonly license?: unknown
  readonly dev?: boolean
  readonly devOptional?: boolean
  readonly optional?: boolean
}

interface Locked {
  /** Of the installed package, from the project's root. */
  readonly path: string
  readonly entry: Entry
}

/** The project, and the folders of tests that install tools of their own. */
const FOLDERS = [
  '.',
  'test/mutation',
  ...readdirSync(join(ROOT, 'test/external')).map((name) => `test/external/${name}`),
]
const locks = FOLDERS.filter((folder) => existsSync(join(ROOT, folder, 'package-lock.json')))

/** All packages of a lock file. */
function packagesOf(folder: string): Locked[] {
  const text = readFileSync(join(ROOT, folder, 'package-lock.json'), 'utf8')
  const { packages } = JSON.parse(text) as { packages: Record<string, Entry> }
  const installed = Object.entries(packages).filter(([path]) => path !== '')
  return installed.map(([path, entry]) => ({ path: join(folder, path), entry }))
}
const own = packagesOf('.')
const locked = locks.flatMap(packagesOf)

const told = (license: unknown) => (typeof license === 'string' ? license : JSON.stringify(license ?? 'none'))

/** The licence as an installed package states it; undefined where it is not installed, such as one for other platforms. */
function installedLicence(path: string): unknown {
  const manifest = join(ROOT, path, 'package.json')
  return existsSync(manifest) ? ((JSON.parse(readFileSync(manifest, 'utf8')) as Entry).license ?? 'none') : undefined
}

const licenceOf = ({ path, entry }: Locked) => told(entry.license ?? installedLicence(path))

/** What may travel with the package. */
const RUNTIME = ['MIT']
/** What may be used to make it: permissive, or, for MPL-2.0, binding for changes of their own files alone. */
const DEVELOPMENT = [
  ...[
    'MIT',
    'ISC',
    '0BSD',
    'BSD-2-Clause',
    'BSD-3-Clause',
    'BlueOak-1.0.0',
    'Apache-2.0',
    'Python-2.0',
    'PSF-2.0',
    'MPL-2.0',
  ],
  ...['MIT OR Apache-2.0', '(MIT OR Apache-2.0)', '(MIT OR CC0-1.0)', '(BSD-3-Clause AND Apache-2.0)'],
  ...['(AFL-2.1 OR BSD-3-Clause)', '(BSD-3-Clause OR GPL-2.0)', 'Unlicense', 'WTFPL'],
]
const MIT_WORDS = /Permission is hereby granted, free of charge[\s\S]*PROVIDED "AS IS"/
const LANGUAGES = 'test/external/languages/node_modules'

/** Read by people: MIT licences without their title; data, of which nothing travels; the public domain. */
const READ: Readonly<Record<string, readonly [file: string, words: RegExp]>> = {
  'node_modules/spawndamnit': ['LICENSE', MIT_WORDS],
  'test/mutation/node_modules/caniuse-lite': ['LICENSE', /Attribution 4\.0 International/],
  [`${LANGUAGES}/httpntlm`]: ['LICENSE', MIT_WORDS],
  [`${LANGUAGES}/stack-trace`]: ['License', MIT_WORDS],
}

describe('the licences', () => {
  test('of what the package needs are those that we give ourselves', () => {
    const needed = own.filter(({ entry: { dev, devOptional, optional } }) => !dev && !devOptional && !optional)
    expect(needed.map(({ path }) => path)).toEqual([
      'node_modules/openapi-fetch',
      'node_modules/openapi-typescript-helpers',
    ])
    expect(needed.filter((one) => !RUNTIME.includes(licenceOf(one)))).toEqual([])
  })

  test('of all that is used to make and to test it are known', () => {
    expect(locks.length).toBeGreaterThan(6)
    expect(own.length).toBeGreaterThan(200)
    const strange = locked
      .filter((one) => !DEVELOPMENT.includes(licenceOf(one)) && !(one.path in READ))
      .map((one) => `${one.path}: ${licenceOf(one)}`)
    expect(strange).toEqual([])
    const paths = new Set(locked.map(({ path }) => path))
    expect(Object.keys(READ).filter((path) => !paths.has(path))).toEqual([])
    // Where a folder of tests is not installed, its files cannot be read.
    const readable = Object.entries(READ).filter(([path]) => existsSync(join(ROOT, path)))
    expect(readable.length).toBeGreaterThan(0)
    for (const [path, [file, words]] of readable) expect(readFileSync(join(ROOT, path, file), 'utf8')).toMatch(words)
  })

  test('of lock file and installed packages do not contradict each other', () => {
    const differs = locked.filter(({ path, entry: { license } }) => {
      const installed = installedLicence(path)
      return license !== undefined && typeof installed === 'string' && installed !== license
    })
    expect(differs.map(({ path }) => path)).toEqual([])
    expect(own.filter(({ path }) => installedLicence(path) !== undefined).length).toBeGreaterThan(150)
  })
})

test('the SBOM lists what the package needs, and nothing of its tools', async () => {
  const flags = ['--sbom-format', 'cyclonedx', '--omit', 'dev', '--package-lock-only']
  const printed = await shell('npm', ['sbom', ...flags], ROOT, { npm_config_offline: 'true' })
  const sbom = JSON.parse(printed) as {
    bomFormat: string
    metadata: { component: { purl: string } }
    components: { purl: string; licenses: unknown; hashes: { alg: string; content: string }[] }[]
  }
  const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as { version: string }
  expect(sbom.bomFormat).toBe('CycloneDX')
  expect(sbom.metadata.component.purl).toBe(`pkg:npm/rongcloud-status-message@${own.version}`)
  expect(sbom.components.map(({ purl }) => purl.replace(/@[\d.]+$/, ''))).toEqual([
    'pkg:npm/openapi-fetch',
    'pkg:npm/openapi-typescript-helpers',
  ])
  for (const { licenses, hashes } of sbom.components) {
    expect(licenses).toEqual([{ license: { id: 'MIT' } }])
    expect(hashes).toMatchObject([{ alg: 'SHA-512' }])
  }
})
