/**
 * The collection for Bruno: a folder of `.bru` files, zipped.
 *
 * @see https://docs.usebruno.com/bru-lang/overview
 * @module
 */
import { type Collection, type Sample, signingScript, successTest, type Tool } from './collections.js'
import { zip } from './zip.js'

const indent = (lines: readonly string[]): string => lines.map((line) => `  ${line}\n`).join('')

/** A block of the language. */
const block = (name: string, lines: readonly string[]): string => `${name} {\n${indent(lines)}}\n`

/** A name that all file systems take. */
const fileName = (name: string): string => name.replaceAll(/[^\p{L}\p{N} _-]/gu, '').trim()

const TOOL: Tool = {
  read: (variable) => `bru.getEnvVar('${variable}')`,
  set: (header, value) => `req.setHeader('${header}', ${value})`,
  expect: 'expect',
  status: 'res.getStatus()',
  body: 'res.getBody()',
}

function request({ name, description, method, path, headers, form, success }: Sample, seq: number): string {
  return [
    block('meta', [`name: ${name}`, 'type: http', `seq: ${seq}`]),
    block(method.toLowerCase(), [`url: {{baseUrl}}${path}`, 'body: formUrlEncoded', 'auth: none']),
    block(
      'headers',
      headers.map(([header, value]) => `${header}: ${value}`),
    ),
    block(
      'body:form-urlencoded',
      form.map(([field, value]) => `${field}: ${value}`),
    ),
    block('tests', ["test('is accepted', function () {", ...successTest(success, TOOL), '})']),
    block('docs', description.split('\n')),
  ].join('\n')
}

/** The files of the collection, by path. */
function brunoFiles({ name, folders, variables, mock, signing }: Collection): Map<string, string> {
  const { appSecret: _, ...open } = variables
  const vars = (all: object) =>
    block(
      'vars',
      Object.entries(all).map(([key, value]) => `${key}: ${value}`),
    )
  const files = new Map([
    ['bruno.json', `${JSON.stringify({ version: '1', name, type: 'collection' }, null, 2)}\n`],
    ['collection.bru', signing ? block('script:pre-request', signingScript(signing, TOOL)) : ''],
    ['environments/Production.bru', `${vars(open)}\nvars:secret [\n  appSecret\n]\n`],
    ['environments/Mock.bru', vars(mock)],
  ])
  for (const folder of folders)
    folder.samples.forEach((sample, i) => {
      files.set(`${fileName(folder.name)}/${fileName(sample.name)}.bru`, request(sample, i + 1))
    })
  return files
}

/** @returns the collection as a zip archive */
export const brunoArchive = (collection: Collection): Uint8Array => zip(brunoFiles(collection))
