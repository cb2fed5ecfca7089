/**
 * Entry point `./contract-tests`: tests your sender against the contract, in any test runner.
 *
 * @module
 */
export type * from '../generated/fields.js'
export type { Fields, OperationId } from './core/contract.js'
export {
  type ContractTests,
  describeContract,
  type Sender,
  type SenderFields,
  type Target,
} from './mock/contract-tests.js'
export type { MockApi } from './mock/mock-api.js'
