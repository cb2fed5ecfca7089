import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { REMARKS, ROWS } from '../../../external/runtimes/table.js'
import { ROOT } from '../../../support/project-copy.js'

const page = readFileSync(join(ROOT, 'src/tooling/docs/pages/client/errors.md'), 'utf8')
const [, section = ''] = page.split('\n## Runtimes\n')

test.each(ROWS)('the docs have a row for %s', (name) => {
  for (const word of name.split(' ')) expect(section).toContain(word)
})

test.each(REMARKS)('the docs say: $reason', ({ reason }) => {
  expect(section.replaceAll(/\s+/g, ' ')).toContain(reason)
})
