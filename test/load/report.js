/** What the parts of the load test share: the call that they make, and how they tell what they measured. */
export const PATH = '/statusmessage/group/publish.json'
export const KEYS = { appKey: 'load-key', appSecret: 'load-secret' }
export const FIELDS = { objectName: 'RC:TxtMsg', content: '{"content":"hello"}' }
export const BODY =
  'fromUserId=2191&toGroupId=2193&toGroupId=2192&objectName=RC%3ATxtMsg&content=%7B%22content%22%3A%22hello%22%7D'

/** Prints a figure; one past its limit fails the run. */
export function report(what, figure, isWithin = true) {
  console.log(`${isWithin ? '  ' : '! '}${what}: ${figure}`)
  if (!isWithin) process.exitCode = 1
}

export const median = (numbers) => numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]

/** Heap in MB, collected. */
export function heap() {
  for (let i = 0; i < 3; i++) globalThis.gc()
  return process.memoryUsage().heapUsed / 1e6
}
