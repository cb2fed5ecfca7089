/**
 * Door "./testing": the stand-in for tests, and the contract's own tests for your sender. Needs neither MSW nor a network.
 *
 * @module
 */
export type * from '../generated/fields.js'
export type { ExampleName, Fields, OperationId } from './core/contract.js'
export type { Breach } from './core/error.js'
export { type Parts, verifySignature } from './core/signature.js'
export { type ContractTests, describeContract } from './mock/contract-tests.js'
export type { Freshness, PlainHeaders } from './mock/credentials.js'
export type { MockApiOptions, MockCore, PlainRequest } from './mock/mock-api.js'
export type { RateLimitOptions } from './mock/rate-limit.js'
export { type CallFacts, ContractBreachError, type RecordedCall } from './mock/report.js'
export type { CustomAnswer, PlainAnswer } from './mock/response.js'
export { createMockApi, type MockApi } from './mock/stand-in.js'
export type { Sender, Target } from './mock/trial.js'
