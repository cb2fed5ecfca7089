/**
 * Calls to hosts that fail, on any runtime; prints what each caller was told. The settings are JSON in the variable FAULTS:
 * `module`, `calls` by name with their base URLs, `deadline` of each, and `fetch`, a module that has another one.
 */
const { module, calls, deadline, fetch: from } = JSON.parse(process.env.FAULTS)
const { createClient } = await import(module)
const other = from === undefined ? undefined : await import(from)
const fetch = other?.fetch ?? other?.default
const FIELDS = { fromUserId: '1', toGroupId: ['2'], objectName: 'app:x', content: 'x' }

async function call(baseUrl) {
  const options = { appKey: 'k', appSecret: 's', limiter: false, timeout: 1_500, fetch }
  const { error } = await createClient({ ...options, baseUrl, deadline }).safe.sendGroupStatusMessage(FIELDS)
  if (!error) return { outcome: 'ok' }
  const { kind, processed, attempts, message } = error
  return { outcome: `${kind} ${processed}`, attempts, message }
}

const told = {}
for (const [name, baseUrl] of Object.entries(calls)) told[name] = await call(baseUrl)
console.log(JSON.stringify(told))
process.exit(0)
