/** Python's `urllib.parse`, one process for all questions: a form body a line, and back what Python reads, and how it would write that. */
import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'

const PROGRAM = `
import json, sys
from urllib.parse import parse_qsl, urlencode
for line in sys.stdin:
    body = line[:-1]
    pairs = parse_qsl(body, keep_blank_values=True, strict_parsing=bool(body), encoding="utf-8", errors="strict")
    print(json.dumps([pairs, urlencode(pairs)]), flush=True)
`

type Read = readonly [pairs: readonly [string, string][], written: string]

export interface Python {
  readonly read: (body: string) => Promise<Read>
  readonly close: () => void
}

export function startPython(): Python {
  const child = spawn('python3', ['-c', PROGRAM], { stdio: ['pipe', 'pipe', 'inherit'] })
  const waiting: { done: (read: Read) => void; fail: (error: Error) => void }[] = []
  createInterface(child.stdout).on('line', (line) => waiting.shift()?.done(JSON.parse(line) as Read))
  child.on('close', () => {
    for (const { fail } of waiting.splice(0)) fail(new Error('Python could not read the body'))
  })
  return {
    read: (body) =>
      new Promise((done, fail) => {
        waiting.push({ done, fail })
        child.stdin.write(`${body}\n`)
      }),
    close: () => child.stdin.end(),
  }
}
