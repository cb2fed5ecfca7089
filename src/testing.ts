/**
 * Entry point `./testing`: the mock of the API for tests. Needs neither MSW nor a network.
 *
 * @module
 */
export type * from '../generated/fields.js'
export type { ExampleName, Fields, OperationId } from './core/contract.js'
export type { Violation } from './core/error.js'
export { type SignedParts, verifySignature } from './core/signature.js'
export type { PlainHeaders, StrictRules } from './mock/credentials.js'
export type { ExpectOptions } from './mock/expectations.js'
export type { Fault } from './mock/faults.js'
export { createMockApi, type MockApi, type MockApiOptions, type RespondOptions } from './mock/mock-api.js'
export type { RateLimitOptions } from './mock/rate-limit.js'
export { type CallFacts, ContractViolationError, type RecordedCall } from './mock/report.js'
export type { PlainRequest } from './mock/request.js'
export type { CustomAnswer, PlainAnswer } from './mock/response.js'
export type { Suspicion, SuspiciousMode } from './mock/suspicions.js'
