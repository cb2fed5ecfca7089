/** Entry point `./contract-tests`: a sender of one's own under the contract's tests. */
import { type ContractTests, describeContract } from 'rongcloud-status-message/contract-tests'

const tests: ContractTests<'sendGroupStatusMessage'> = {
  test: (_name, _run) => undefined,
  send: ({ fromUserId }, { baseUrl, fetch: send }) => send(`${baseUrl}/${fromUserId}`),
  timeout: 5_000,
}
describeContract(tests)

// @ts-expect-error The sender is missing.
describeContract({ test: () => undefined })
