/** What each program shares: one call, as the environment says, and a line of JSON about what became of it. */
import { createHash, randomBytes } from 'node:crypto'

/** What became of a call: the tool's own schema refused it, or a server answered. */
export type Outcome = { readonly refusedBy: string } | { readonly status: number; readonly body: unknown }

const env = (name: string): string => process.env[name] ?? ''

export const BASE_URL: string = env('BASE_URL')
export const FIELDS = {
  fromUserId: '2191',
  toGroupId: JSON.parse(env('GROUPS')) as string[],
  objectName: 'RC:TxtMsg' as const,
  content: '{"content":"hello"}',
  isIncludeSender: 0 as const,
}

/** The headers of one call. */
export function sign(): Record<string, string> {
  const nonce = randomBytes(8).toString('hex')
  const timestamp = String(Date.now())
  const signature = createHash('sha1')
    .update(env('APP_SECRET') + nonce + timestamp)
    .digest('hex')
  return { 'App-Key': env('APP_KEY'), Nonce: nonce, Timestamp: timestamp, Signature: signature }
}

/** Prints the outcome for `main.ts`. */
export function print(outcome: Outcome): void {
  process.stdout.write(`${JSON.stringify(outcome)}\n`)
}
