/** The server's own paths, beside a contract that has an operation at one of them: in a copy of the project, generated anew. */
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { copyProject, generate, ROOT, run, TSX } from '../support/project-copy.js'

describe('a contract that has such a path itself', () => {
  test.each(['/__calls', '/__reset'])('is never hidden: %s', { timeout: 60_000 }, async (path) => {
    const project = await copyProject()
    try {
      const root = await readFile(join(ROOT, 'spec/openapi.yaml'), 'utf8')
      const operation = await readFile(join(ROOT, 'test/support/operations/paths/cursor_move.yaml'), 'utf8')
      await writeFile(join(project.folder, 'spec/paths/cursor_move.yaml'), operation)
      const entry = `  ${path}:\n    $ref: paths/cursor_move.yaml\n`
      await writeFile(join(project.folder, 'spec/openapi.yaml'), root.replace(/^paths:\n/m, `paths:\n${entry}`))
      expect(await generate(project.folder)).toMatchObject({ code: 0, stderr: '' })
      const program = `
        import { startServer } from './src/server.js'
        import { createMockApi } from './src/testing.js'
        const api = createMockApi({ appKey: 'k', appSecret: 's' })
        const refused = await startServer(api).catch((error) => error)
        const server = await startServer(api, { control: false })
        const { status } = await fetch(server.url + '${path}', { method: 'POST' })
        await server.close()
        console.log(JSON.stringify({ refused: String(refused), status, operation: api.calls[0].operation }))`
      await writeFile(join(project.folder, 'program.ts'), program)
      const { stdout, stderr } = await run(project.folder, TSX, ['program.ts'])
      expect(stderr).toBe('')
      expect(JSON.parse(stdout)).toEqual({
        refused: `TypeError: "control" must be false: the contract has an operation at ${path}`,
        status: 401,
        operation: 'moveCursor',
      })
    } finally {
      await project.remove()
    }
  })
})
