/** Random operations in a copy of the project: the generator, the compiler, then the other properties over what was made. */
import { cp, mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import fc from 'fast-check'
import { stringify } from 'yaml'
import { copyProject, type Ran, ROOT, run, TSC, TSX } from '../support/project-copy.js'
import { generateIn } from '../support/spec-copy.js'
import { type Made, named, operation } from './operations.js'
import type { Setup } from './prove.js'

/** Operations in one run of the generator. */
const MANY = 50
/** Random cases of each of the other properties, for each operation. */
const CASES = 30

/** Writes operations into the spec of a project, beside its own. */
export async function write(folder: string, made: readonly Made[]): Promise<void> {
  const root = await readFile(join(ROOT, 'spec/openapi.yaml'), 'utf8')
  await mkdir(join(folder, 'spec/paths'), { recursive: true })
  for (const { id, item } of made) {
    await writeFile(join(folder, `spec/paths/${id}.yaml`), stringify(item, { aliasDuplicateObjects: false }))
  }
  const rows = made.map(({ id, path }) => `  ${JSON.stringify(path)}:\n    $ref: paths/${id}.yaml\n`)
  await writeFile(join(folder, 'spec/openapi.yaml'), root.replace(/^paths:\n/m, `paths:\n${rows.join('')}`))
}

/** Those of the operations that a text speaks of, as YAML. */
const told = (made: readonly Made[], text: string) =>
  made
    .filter(({ id, path }) => new RegExp(`\\b${id}\\b`).test(text) || text.includes(encodeURI(path)))
    .slice(0, 3)
    .map(({ path, item }) => `${path}\n${stringify(item, { aliasDuplicateObjects: false })}`)
    .join('\n')

async function batch(folder: string, made: readonly Made[], seed: number): Promise<void> {
  const must = (what: string, { code, stdout, stderr }: Ran) => {
    if (code === 0) return
    const text = `${stdout}\n${stderr}`
    throw new Error(`${what}: ${text.slice(0, 2_000)}\n${told(made, text)}`)
  }
  await write(folder, made)
  await generateIn(folder).catch((error: Error) => {
    throw new Error(`the generator: ${String(error.stack).slice(0, 2_000)}\n${told(made, error.message)}`)
  })
  must('tsc', await run(folder, TSC, ['--noEmit', '-p', '.']))
  const only = ['form', 'check', 'mock', 'vectors'].flatMap((name) => ['--only', name])
  must(
    'over what was made',
    await run(folder, TSX, [
      'test/property/main.ts',
      '--cases',
      `${CASES * made.length}`,
      '--seed',
      `${seed}`,
      ...only,
    ]),
  )
}

/** @returns the line to print; rejects with the operations that failed, as YAML */
export async function projectsStand({ cases, seed }: Setup): Promise<string> {
  const start = performance.now()
  const project = await copyProject()
  try {
    const support = ['operations.ts', 'operations/sixteen.ts', 'project-copy.ts', 'spec-copy.ts']
    for (const one of ['property', ...support.map((name) => `support/${name}`)]) {
      await cp(join(ROOT, 'test', one), join(project.folder, 'test', one), { recursive: true })
    }
    for (let done = 0; done < cases; done += MANY) {
      const [made] = fc.sample(fc.array(operation, { minLength: MANY, maxLength: MANY, size: 'max' }), {
        seed: seed + done,
        numRuns: 1,
      })
      await batch(project.folder, named((made ?? []).slice(0, cases - done)), seed)
    }
  } finally {
    await project.remove()
  }
  const seconds = (performance.now() - start) / 1000
  return `random operations, generated and used: seed ${seed}, ${cases} cases, ${seconds.toFixed(1)} s`
}
