/** Runs the tests of `describeContract` without registering them, and returns the failures. */
import { expect } from 'vitest'
import { type ContractTests, describeContract } from '../../src/contract-tests.js'

type Tests = ContractTests<'sendGroupStatusMessage'>

/**
 * Runs the tests of the contract against a sender.
 *
 * @param names runs only the tests with these names, all of which must exist, or whose names match. Default: all tests.
 * @returns the messages of the tests that fail, by name
 */
export async function contractFailures(
  options: Partial<Tests> & Pick<Tests, 'send'>,
  names?: readonly string[] | RegExp,
): Promise<ReadonlyMap<string, string>> {
  const tests = new Map<string, (...context: readonly unknown[]) => Promise<void>>()
  describeContract({
    test: (name, run) => tests.set(name.replace('sendGroupStatusMessage: ', ''), run),
    operation: 'sendGroupStatusMessage',
    ...options,
  })
  if (options.expresses === undefined) expect(tests.size).toBeGreaterThan(400)
  const all = [...tests.keys()]
  const chosen = names instanceof RegExp ? all.filter((name) => names.test(name)) : (names ?? all)
  expect(chosen).not.toEqual([])
  expect(all).toEqual(expect.arrayContaining([...chosen]))
  const failed = new Map<string, string>()
  for (const name of chosen) {
    await tests
      .get(name)?.()
      .catch((error: Error) => failed.set(name, error.message))
  }
  return failed
}
