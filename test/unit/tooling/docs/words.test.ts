/** What people read outside the code: no private words, and no claim about the vendor that has no source. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { cli } from '../../../support/cli.js'
import { markdownFiles } from '../../../support/code-blocks.js'
import { ROOT } from '../../../support/project-copy.js'

const COMMANDS = ['mock', 'test', 'send', 'sign', 'verify-signature', 'check', 'probe']
const FILES = [...markdownFiles(), 'CONTRIBUTING.md', 'SECURITY.md', 'spec/vocabulary.md', 'generated/openapi.yaml']

const helps = await Promise.all(
  [[], ...COMMANDS.map((command) => [command])].map(async (words) => {
    const { stdout } = await cli([...words, '--help'])
    return [`${words.join(' ')} --help`, stdout] as const
  }),
)
const texts = [...FILES.map((file) => [file, readFileSync(join(ROOT, file), 'utf8')] as const), ...helps]

test.each<[string, RegExp]>([
  ['"nobody" as a private word', /\bnobody (says|means|knows|meant|could|has opened|gets|saw|documents)/i],
  ['"told" for "with the option"', /\b(when|is|are|was) told\b/i],
  ['"judge" for comparing answers', /\bjudg/i],
  ['"another one" where a noun can stand', /\banother one\b/i],
  ['a guess at the answer of a wrong region', /(region|数据中心)[^.。|]*\b400\b/],
  ['"interworking" for the wrapper SDKs', /interworking/i],
  ['a server of the vendor that is older', /older server/i],
  ['an example that reads as a default', /RONGCLOUD_REGION \(singapore\)/],
])('%s stands nowhere', (_what, pattern) => {
  const found = texts.flatMap(([name, text]) =>
    text.split('\n').flatMap((line) => (pattern.test(line) ? `${name}: ${line.trim()}` : [])),
  )
  expect(found).toEqual([])
})

test('says where bugs are reported, by a command that reads the place from the package', () => {
  for (const file of ['README.md', 'CONTRIBUTING.md', 'src/tooling/docs/pages/contract.md']) {
    expect(readFileSync(join(ROOT, file), 'utf8'), file).toContain('`npm bugs rongcloud-status-message`')
  }
})
