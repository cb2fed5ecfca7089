/** The house holds its plan: rooms, directions, what the client may reach, and that only the spec knows the API. */
import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, join, relative } from 'node:path'
import ts from 'typescript'
import { describe, expect, test } from 'vitest'
import { ROOT } from '../support/project-copy.js'

/** Every room with its layer: imports go down, or stay among neighbours of the same folder without a circle. */
const LAYERS: Readonly<Record<string, number>> = {
  'secret.ts': 0,
  'contract.ts': 1,
  'errors.ts': 1,
  'sha1.ts': 1,
  'form.ts': 2,
  'signature.ts': 2,
  'message.ts': 2,
  'check.ts': 2,
  'turn.ts': 2,
  'limiter.ts': 3,
  'hosts.ts': 2,
  'redis-script.ts': 1,
  'redis-options.ts': 4,
  'redis-limiter.ts': 5,
  'redis.ts': 6,
  'judge.ts': 2,
  'attempt.ts': 3,
  'batch.ts': 3,
  'delivery.ts': 4,
  'options.ts': 5,
  'mock/answer.ts': 3,
  'mock/body.ts': 1,
  'mock/caller.ts': 1,
  'mock/credentials.ts': 4,
  'mock/keep.ts': 3,
  'mock/mistakes.ts': 3,
  'mock/prefer.ts': 3,
  'mock/route.ts': 3,
  'mock/rate-limit.ts': 3,
  'mock/inspection.ts': 5,
  'mock/record.ts': 3,
  'mock/scenarios.ts': 4,
  'mock/report.ts': 2,
  'mock/api.ts': 6,
  'mock/control.ts': 7,
  'call.ts': 6,
  'methods.ts': 6,
  'client.ts': 7,
  'mock/fetch.ts': 7,
  'index.ts': 8,
  'mock/msw.ts': 8,
  'mock/server.ts': 8,
  'mock/testing.ts': 11,
  'mock/describe.ts': 10,
  'mock/trial.ts': 9,
  'mock/stand-in.ts': 8,
  'cli/output.ts': 1,
  'cli/arguments.ts': 2,
  'cli/help.ts': 3,
  'cli/stdin.ts': 3,
  'cli/curl.ts': 3,
  'cli/child.ts': 3,
  'cli/fields.ts': 3,
  'cli/keys.ts': 3,
  'cli/traffic.ts': 3,
  'cli/junit.ts': 4,
  'cli/har.ts': 4,
  'cli/raw-http.ts': 6,
  'cli/stand-in.ts': 9,
  'cli/check.ts': 10,
  'cli/mock.ts': 10,
  'cli/send.ts': 10,
  'cli/sign.ts': 10,
  'cli/test.ts': 10,
  'cli/verify-signature.ts': 10,
  'cli/main.ts': 11,
  // The docs site: build time, but for the playground's browser rooms.
  'site/examples.ts': 8,
  'site/fields.ts': 8,
  'site/html.ts': 8,
  'site/releases.ts': 8,
  'site/serve.ts': 8,
  'site/site.ts': 8,
  'site/zip.ts': 8,
  'site/code.ts': 9,
  'site/diff.ts': 9,
  'site/facts.ts': 9,
  'site/files.ts': 9,
  'site/model.ts': 9,
  'site/parts.ts': 9,
  'site/call.ts': 10,
  'site/collections.ts': 11,
  'site/tools.ts': 10,
  'site/page.ts': 10,
  'site/signing.ts': 10,
  'site/bruno.ts': 12,
  'site/changelog.ts': 11,
  'site/guide.ts': 11,
  'site/lost.ts': 11,
  'site/markdown.ts': 11,
  'site/postman.ts': 12,
  'site/reference.ts': 11,
  'site/programs.ts': 13,
  'site/build.ts': 14,
  'site/playground/table.ts': 10,
  'site/playground/build.ts': 11,
  'site/playground/browser/call.ts': 8,
  'site/playground/browser/element.ts': 8,
  'site/playground/browser/worker.ts': 8,
  'site/playground/browser/signature.ts': 9,
  'site/playground/browser/stand.ts': 9,
  'site/playground/browser/burst.ts': 10,
  'site/playground/browser/answer.ts': 11,
  'site/playground/browser/field.ts': 11,
  'site/playground/browser/known.ts': 11,
  'site/playground/browser/meter.ts': 11,
  'site/playground/browser/controls.ts': 12,
  'site/playground/browser/form.ts': 12,
  'site/playground/browser/link.ts': 12,
  'site/playground/browser/print.ts': 12,
  'site/playground/browser/address.ts': 13,
  'site/playground/browser/request.ts': 13,
  'site/playground/browser/main.ts': 14,
}

const src = join(ROOT, 'src')
const rooms = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter(
  (file) => file.endsWith('.ts') && !file.startsWith('generate'),
)
const text = (room: string) => readFileSync(join(src, room), 'utf8')

/** The rooms of the site that run when it is built, and may ask the generator. */
const builds = (room: string) => room.startsWith('site/') && !room.includes('/browser/')

/** What a room imports, types included: rooms by their name, all else as written. */
function imports(room: string): string[] {
  return [...text(room).matchAll(/^(?:import|export)\b[^'"]*?from '([^']+)'|^import '([^']+)'/gm)]
    .map(([, from, bare]) => from ?? bare ?? '')
    .map((from) =>
      from.startsWith('.') ? relative(src, join(src, dirname(room), from)).replace(/\.js$/, '.ts') : from,
    )
}

describe('the rooms of src/', () => {
  test('are those of the plan', () => {
    expect(rooms.toSorted()).toEqual(Object.keys(LAYERS).toSorted())
  })

  test('stand on the map that a newcomer is given', () => {
    const map = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8')
    const away = rooms.filter(
      (room) => !/^(cli|site)\//.test(room) && !new RegExp(`[\`/]${basename(room)}\``).test(map),
    )
    expect(away).toEqual([])
  })

  test.each(rooms)('%s imports from below alone', (room) => {
    for (const from of imports(room).filter((one) => one.endsWith('.ts') && !one.startsWith('../../generated'))) {
      if (builds(room) && from.startsWith('generate/')) continue
      expect(LAYERS[from], `${room} imports ${from}`).toBeLessThan(LAYERS[room] as number)
    }
  })

  test('contract.ts alone reads the tables, and only checks read the validators', () => {
    const readers = (what: RegExp) => rooms.filter((room) => imports(room).some((from) => what.test(from))).toSorted()
    expect(readers(/^\.\.\/generated/)).toEqual(['contract.ts'])
    expect(readers(/^#validators/)).toEqual(['check.ts', 'message.ts', 'mock/credentials.ts'])
    expect(readers(/^#vectors/)).toEqual(['mock/describe.ts'])
  })

  test('know no word that only the spec may know', () => {
    const words =
      /statusmessage|toGroupId|fromUserId|objectName|isIncludeSender|messageUID|RC:|rong-api|light-api|sendGroup/i
    const told = rooms.flatMap((room) =>
      text(room)
        .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
        .split('\n')
        .filter((line) => words.test(line))
        .map((line) => `${room}: ${line.trim()}`),
    )
    expect(told).toEqual([])
  })

  test('compare signature and App Secret by `same` alone', () => {
    const others = rooms.filter(
      (room) => room.startsWith('mock/') && /[!=]== *(appSecret|signature)\b|\bsignature *[!=]==/.test(text(room)),
    )
    expect(others).toEqual([])
    expect(text('mock/credentials.ts')).toContain("same(given, appSecret || '')")
    expect(text('signature.ts')).toContain('same(signature.toLowerCase(), signatureOf(parts))')
  })

  test('have at most 200 lines, and no function of more than 40', () => {
    const sources = readdirSync(src, { recursive: true, encoding: 'utf8' }).filter((file) =>
      /(?<!\.d)\.[tj]s$/.test(file),
    )
    const tooLong = sources.flatMap((file) => {
      const source = ts.createSourceFile(file, text(file), ts.ScriptTarget.Latest, true)
      const lineOf = (position: number) => source.getLineAndCharacterOfPosition(position).line
      const long: string[] = text(file).trimEnd().split('\n').length > 200 ? [file] : []
      const visit = (node: ts.Node): void => {
        const lines = lineOf(node.end) - lineOf(node.getStart()) + 1
        if (ts.isFunctionLike(node) && lines > 40) long.push(`${file}:${lineOf(node.getStart()) + 1}: ${lines} lines`)
        ts.forEachChild(node, visit)
      }
      visit(source)
      return long
    })
    expect(tooLong).toEqual([])
    expect(sources.length).toBeGreaterThan(100)
  })
})

test('door "." reaches openapi-fetch and nothing else from outside, neither does the stand-in for tests', () => {
  const reach = (room: string, seen = new Set<string>()): Set<string> => {
    for (const from of imports(room)) {
      if (seen.has(from)) continue
      seen.add(from)
      if (from in LAYERS) reach(from, seen)
    }
    return seen
  }
  const outside = (room: string) =>
    [...reach(room)].filter((from) => !(from in LAYERS) && !/^(#validators|#vectors|\.\.\/generated)/.test(from))
  expect(outside('index.ts')).toEqual(['openapi-fetch'])
  expect(outside('mock/testing.ts')).toEqual([])
})
