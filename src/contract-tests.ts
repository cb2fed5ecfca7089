/**
 * Entry point `./contract-tests`: the contract's own tests for your sender, in any test runner.
 *
 * @module
 */
export type * from '../generated/fields.js'
export type { Fields, OperationId } from './core/contract.js'
export { type ContractTests, describeContract, type Sender, type Target } from './mock/contract-tests.js'
export type { MockApi } from './mock/mock-api.js'
