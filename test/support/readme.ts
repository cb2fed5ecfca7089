/** What the README shows. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { ROOT } from './project-copy.js'

/** Its first example of code. */
export async function firstExample(): Promise<string> {
  const readme = await readFile(join(ROOT, 'README.md'), 'utf8')
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? ''
  if (!example.includes('sendGroupStatusMessage')) throw new Error('the first example of the README sends nothing')
  return example
}
