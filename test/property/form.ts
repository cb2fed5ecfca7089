/** Any body that the types allow is written and read back as it was; Python reads the same pairs, and what it writes is read too. */
import fc from 'fast-check'
import { decodeForm, encodeForm } from '../../src/core/form.js'
import { formTable } from '../../src/tooling/generate/tables/mock.js'
import { prove, type Setup } from './prove.js'
import { startPython } from './python.js'
import { type Body, operations, spec, typedBody } from './values.js'

/** What a body leaves on the wire: no field of no value, and no sign of nought. */
const sent = (body: Body) =>
  Object.entries(body).flatMap(([name, value]): [string, unknown][] => {
    if (Array.isArray(value) && value.length === 0) return []
    return [[name, Array.isArray(value) ? value.map((one) => (one === 0 ? 0 : one)) : value === 0 ? 0 : value]]
  })

export async function formsCross(setup: Setup): Promise<string> {
  const python = startPython()
  const tables = new Map(operations.map((operation) => [operation.id, formTable(spec, operation) as never]))
  const bodies = operations.map((operation) =>
    typedBody(operation).map((body) => ({ id: operation.id, body: body as Body })),
  )
  const property = fc.asyncProperty(fc.oneof(...bodies), async ({ id, body }) => {
    const wire = encodeForm(body)
    const isRead = (text: string) => {
      const { fields, violations } = decodeForm(text, tables.get(id) as never)
      equal([Object.entries(fields), violations], [sent(body), []])
    }
    isRead(wire)
    const pairs = sent(body).flatMap(([name, value]) => [value].flat().map((one) => [name, String(one)]))
    const [found, written] = await python.read(wire)
    equal(found, pairs)
    isRead(written)
  })
  try {
    return await prove('a body crosses as it is', property, setup)
  } finally {
    python.close()
  }
}

function equal(found: unknown, due: unknown): void {
  const [a, b] = [found, due].map((one) => JSON.stringify(one))
  if (a !== b) throw new Error(`found ${a}\n  due ${b}`)
}
