/** `describeContract`, driving a client of this runtime; and the vectors of the package, request by request. */

import { describeContract } from 'rongcloud-status-message/contract-tests'
import { createMockApi } from 'rongcloud-status-message/testing'
import file from 'rongcloud-status-message/vectors.json' with { type: 'json' }
import { same } from './expect.mjs'
import { clientOf } from './world.mjs'

const operations = [...new Set(file.vectors.map(({ operation }) => operation))]

function described() {
  const cases = {}
  for (const operation of operations) {
    describeContract({
      test: (name, run) => {
        cases[name] = run
      },
      operation,
      strict: true,
      send: (fields, { baseUrl, appKey, appSecret, fetch }) =>
        clientOf({ baseUrl, appKey, appSecret, fetch, limiter: false, retry: false, deadline: 900 })[operation](fields),
    })
  }
  return cases
}

/** Answers one vector; the mock knows the vendor's credentials. */
function replay({ request, times, expect }) {
  const api = createMockApi(file.credentials)
  const { method, path } = request
  const headers = Object.fromEntries(
    Object.entries(request.headers).map(([name, value]) => [name.toLowerCase(), value]),
  )
  const body = request.body.map((part) => (typeof part === 'string' ? part : part.repeat.repeat(part.times))).join('')
  let answer
  for (let i = 0; i < times; i++) answer = api.handle({ method, path, headers, body })
  const [first] = api.violations
  same(
    { status: answer.status, code: JSON.parse(answer.body).code, violation: first && [first.field, first.keyword] },
    {
      status: expect.status,
      code: expect.code ?? 200,
      violation: expect.violation && [expect.violation.field, expect.violation.keyword],
    },
  )
}

export const cases = described()

export const vectors = Object.fromEntries(file.vectors.map((vector) => [vector.name, () => replay(vector)]))
