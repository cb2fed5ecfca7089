/** A few thousand random cases of each property; `npm run test:property -- fuzz` runs many more. A failure tells its seed. */
import { expect, test } from 'vitest'
import { checksAgree } from './check.js'
import { entryPointHolds, mockHolds } from './entry-point.js'
import { formsCross } from './form.js'
import { projectsStand } from './project.js'

const seed = Date.now() % 2 ** 31

test.each([
  ['any body that the types allow crosses as it is, and is what Python reads', formsCross, 3_000],
  ['the check in the client and the check in the mock never disagree', checksAgree, 2_000],
  ['the mock answers any request within the contract of errors', mockHolds, 2_000],
  ['the server answers any bytes within the contract of errors, and lives', entryPointHolds, 1_500],
  ['random operations are generated, compile, and do what their schemas say', projectsStand, 30],
] as const)('%s', async (_, holds, cases) => {
  expect(await holds({ cases, seed })).toContain(`${cases} cases`)
})
