/**
 * Door "./testing": the stand-in for tests, and the contract's own tests for your sender. Needs neither MSW nor a network.
 *
 * @module
 */
export type * from '../../generated/fields.js'
export type { ExampleName, Fields, OperationId } from '../core/contract.js'
export type { Breach } from '../core/error.js'
export { type Parts, verifySignature } from '../core/signature.js'
export type { CustomAnswer, PlainAnswer } from './answer.js'
export type { MockApiOptions, MockCore, PlainRequest } from './api.js'
export type { Freshness, PlainHeaders } from './credentials.js'
export { type ContractTests, describeContract } from './describe.js'
export type { RateLimitOptions } from './rate-limit.js'
export { type CallFacts, ContractBreachError, type RecordedCall } from './report.js'
export { createMockApi, type MockApi } from './stand-in.js'
export type { Sender, Target } from './trial.js'
