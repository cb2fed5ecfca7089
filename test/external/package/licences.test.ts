/** What the package brings along, and what its makers use: known licences, and the list of parts that goes with a release. */
import { existsSync, readFileSync } from 'node:fs'
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

const { packages } = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
  packages: Record<string, Entry>
}
/** All packages of the lock file, by folder. */
const locked = Object.entries(packages).filter(([path]) => path !== '')

/** The licence as the installed package states it; what is for other platforms is not installed, and known by the lock file. */
function licenceOf(path: string): string {
  const manifest = join(ROOT, path, 'package.json')
  const { license } = (existsSync(manifest) ? JSON.parse(readFileSync(manifest, 'utf8')) : packages[path]) as Entry
  return typeof license === 'string' ? license : JSON.stringify(license ?? 'none')
}

/** What may travel with the package. */
const RUNTIME = ['MIT']
/** What may be used to make it: permissive, or, for MPL-2.0, binding for changes of their own files alone. */
const DEVELOPMENT = [
  ...['MIT', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', 'Apache-2.0', 'Python-2.0', 'MPL-2.0'],
  ...['MIT OR Apache-2.0', '(MIT OR CC0-1.0)'],
]
/** Read by people: an MIT licence without its title; data, of which nothing travels. */
const READ: Readonly<Record<string, readonly [string, RegExp]>> = {
  'node_modules/caniuse-lite': ['LICENSE', /Attribution 4\.0 International/],
  'node_modules/spawndamnit': ['LICENSE', /Permission is hereby granted, free of charge[\s\S]*PROVIDED "AS IS"/],
}

describe('the licences', () => {
  test('of what the package needs are those that we give ourselves', () => {
    const needed = locked.filter(([, { dev, devOptional, optional }]) => !dev && !devOptional && !optional)
    expect(needed.map(([path]) => path)).toEqual([
      'node_modules/openapi-fetch',
      'node_modules/openapi-typescript-helpers',
    ])
    expect(needed.filter(([path]) => !RUNTIME.includes(licenceOf(path)))).toEqual([])
  })

  test('of all that is used to make it are known', () => {
    expect(locked.length).toBeGreaterThan(200)
    const strange = locked
      .filter(([path]) => !DEVELOPMENT.includes(licenceOf(path)) && !(path in READ))
      .map(([path]) => `${path}: ${licenceOf(path)}`)
    expect(strange).toEqual([])
    for (const [path, [file, words]] of Object.entries(READ)) {
      expect(readFileSync(join(ROOT, path, file), 'utf8')).toMatch(words)
    }
  })

  test('of lock file and installed packages do not contradict each other', () => {
    const differs = locked.filter(([path, { license }]) => license !== undefined && license !== licenceOf(path))
    expect(differs.map(([path]) => path)).toEqual([])
  })
})

test('the SBOM lists what the package needs, and nothing of its tools', async () => {
  const printed = await shell('npm', ['run', '--silent', 'sbom'], ROOT, { npm_config_offline: 'true' })
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
