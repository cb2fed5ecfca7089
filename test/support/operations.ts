/** Specs with other operations than the package's own: the pages that they add to `spec/paths/`, and their root. */
import { readFileSync } from 'node:fs'
import { page as pageOf, SIXTEEN } from './operations/sixteen.js'

export interface Operations {
  /** YAML by the name of its file. */
  readonly pages: Readonly<Record<string, string>>
  /** Text of `spec/openapi.yaml`. */
  readonly root: string
}

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')
const pagesOf = (...names: string[]) =>
  Object.fromEntries(names.map((name) => [name, read(`test/support/operations/paths/${name}`)]))

const FIRST = '  /statusmessage/group/publish.json:\n    $ref: paths/statusmessage_group_publish.yaml\n'
const WHOLE = read('spec/openapi.yaml')
if (!WHOLE.includes(FIRST)) throw new Error('spec/openapi.yaml must have the lines of the first operation')
/** The root with the first operation alone, whatever others it has by now. */
const ROOT = WHOLE.replace(/^paths:\n[\s\S]*?(?=^\S)/m, `paths:\n${FIRST}`)

const CURSOR = '  /cursor/move.json:\n    $ref: paths/cursor_move.yaml\n'
const UNUSUAL = '  /odd.json:\n    $ref: paths/odd.yaml\n  /ping pong:\n    $ref: paths/ping.yaml\n'

/** An operation beside the first one. */
export const BESIDE: Operations = { pages: pagesOf('cursor_move.yaml'), root: ROOT.replace(FIRST, FIRST + CURSOR) }

/** The same operation as the only one of a contract, which then has no message types. */
export const ALONE: Operations = { pages: pagesOf('cursor_move.yaml'), root: ROOT.replace(FIRST, CURSOR) }

/** Operations that are unusual, and legal. */
export const ODD: Operations = {
  pages: pagesOf('cursor_move.yaml', 'odd.yaml', 'ping.yaml'),
  root: ROOT.replace(FIRST, FIRST + CURSOR + UNUSUAL),
}

const [page = '', line = ''] = [...read('CONTRIBUTING.md').matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml]) => yaml)

/** The endpoint of CONTRIBUTING.md, as it is written there. */
export const GUIDE: Operations = { pages: { 'room_mute.yaml': page }, root: ROOT.replace(FIRST, FIRST + line) }

const fileOf = (path: string) => `${path.slice(1).replaceAll('/', '_').replace('.json', '')}.yaml`

/** Sixteen endpoints beside the first one. */
export const MANY: Operations = {
  pages: Object.fromEntries(SIXTEEN.map((one) => [fileOf(one.path), pageOf(one)])),
  root: ROOT.replace(
    FIRST,
    FIRST + SIXTEEN.map(({ path }) => `  ${path}:\n    $ref: paths/${fileOf(path)}\n`).join(''),
  ),
}
