/** Values beside the word App Secret in the files of the docs site. */
import type { Files } from '../../src/tooling/docs/site.js'
import { textAt } from './docs-site.js'

/**
 * Made up by the playground; the secret of the vendor's published vector and the App Key of its examples; the name of the
 * environment variable.
 */
export const MADE_UP: readonly string[] = [
  'not-a-secret',
  'another-secret',
  'Y1W2MeFwwwRxa0',
  'uwd1c0sxdlx2',
  'your-app-secret',
  'test-secret',
  'demo-secret',
  'RONGCLOUD_APP_SECRET',
]

/** Text of each file. */
export const readable = (files: Files): (readonly [path: string, text: string])[] =>
  [...files.keys()].map((path) => [path, textAt(files, path)])

/** The values that are assigned to anything called App Secret, once each. */
export function givenSecrets(texts: readonly string[]): string[] {
  const given = /app_?-?secret["'`]?\s*(?:=>|[:=])\s*["'`]([\w+/-]{8,})["'`]/gi
  return [...new Set(texts.flatMap((text) => [...text.matchAll(given)].map(([, value = '']) => value)))]
}
