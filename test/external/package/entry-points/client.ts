/** Entry point `.`: what a program with a client writes, and what must not compile. */
import {
  type AttemptReport,
  type Client,
  type ClientOptions,
  createClient,
  createLimiter,
  createSigner,
  type Fields,
  isRongCloudError,
  type Limiter,
  type MessageContents,
  message,
  type Region,
  type Result,
  RongCloudError,
  type SafeResult,
} from 'rongcloud-status-message'

const region: Region = 'singapore'
const reports: AttemptReport[] = []
const limiter: Limiter = createLimiter({ limit: 20, period: 1_000 })
const options: ClientOptions = { appKey: 'k', appSecret: 's', region, limiter, onAttempt: (one) => reports.push(one) }
const client: Client = createClient(options)

const typing: MessageContents['RC:TypSts'] = { typingContentType: 'RC:TxtMsg' }
const fields: Fields<'sendGroupStatusMessage'> = {
  fromUserId: '1',
  toGroupId: ['2', '3'],
  ...message('RC:TypSts', typing),
  isIncludeSender: 1,
}

export async function send(signal: AbortSignal): Promise<string | undefined> {
  const { messageUIDs, requestId } = await client.sendGroupStatusMessage(fields, { signal, deadline: 1_000 })
  const first: string | undefined = messageUIDs?.[0]?.messageUID
  return first ?? requestId
}

export async function sendSafely(): Promise<Result<'sendGroupStatusMessage'> | RongCloudError> {
  const outcome: SafeResult<'sendGroupStatusMessage'> = await client.safe.sendGroupStatusMessage(fields)
  if (outcome.error) return outcome.error
  return outcome.data
}

export async function sendMany(groups: readonly string[]): Promise<readonly string[]> {
  const failed: string[] = []
  const batch = client.batch.sendGroupStatusMessage({ ...fields, toGroupId: groups }, { concurrency: 2 })
  for await (const { chunk, error } of batch) if (error) failed.push(...chunk)
  return failed
}

export async function sendBeneath(): Promise<number> {
  const { response } = await client.api.POST('/statusmessage/group/publish.json', { body: fields })
  return response.status
}

export function judge(error: unknown): 'no' | 'yes' | 'unknown' {
  if (error instanceof RongCloudError) return error.processed
  return isRongCloudError(error) ? error.processed : 'unknown'
}

export const headers: Readonly<Record<string, string>> | Promise<Readonly<Record<string, string>>> = createSigner({
  appKey: 'k',
  appSecret: 's',
  headerPrefix: 'RC-',
})()

// @ts-expect-error Four groups are too many.
client.sendGroupStatusMessage({ ...fields, toGroupId: ['1', '2', '3', '4'] })
// @ts-expect-error There is no such region.
createClient({ appKey: 'k', appSecret: 's', region: 'mars' })
// @ts-expect-error The App Secret is missing.
createSigner({ appKey: 'k' })
// @ts-expect-error The type has no such field.
message('RC:TypSts', { typing: 'RC:TxtMsg' })
// @ts-expect-error An unknown name with the reserved prefix.
message('RC:Newer', {})
// @ts-expect-error A misspelt field.
client.sendGroupStatusMessage({ ...fields, isIncludedSender: 1 })
