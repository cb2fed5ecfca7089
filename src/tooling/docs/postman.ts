/**
 * The collection for Postman, in its format 2.1.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 * @module
 */
import { type Collection, type Sample, signingScript, successTest, type Tool } from './collections.js'

const script = (listen: string, exec: readonly string[]) => ({ listen, script: { type: 'text/javascript', exec } })

const TOOL: Tool = {
  read: (variable) => `pm.variables.get('${variable}')`,
  set: (header, value) => `pm.request.headers.upsert({ key: '${header}', value: ${value} })`,
  expect: 'pm.expect',
  status: 'pm.response.code',
  body: 'pm.response.json()',
}

function item({ name, description, method, path, headers, form, success }: Sample): object {
  return {
    name,
    event: [script('test', [`pm.test('is accepted', () => {`, ...successTest(success, TOOL), '})'])],
    request: {
      method,
      description,
      header: headers.map(([key, value]) => ({ key, value })),
      url: { raw: `{{baseUrl}}${path}`, host: ['{{baseUrl}}'], path: path.split('/').slice(1) },
      body: { mode: 'urlencoded', urlencoded: form.map(([key, value]) => ({ key, value, type: 'text' })) },
    },
  }
}

/** @returns the collection as JSON */
export function postmanCollection({ name, description, folders, variables, signing }: Collection): string {
  const collection = {
    info: { name, description, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: folders.map((folder) => ({ name: folder.name, item: folder.samples.map(item) })),
    event: signing ? [script('prerequest', signingScript(signing, TOOL))] : [],
    variable: Object.entries(variables).map(([key, value]) => ({
      key,
      value,
      type: key === 'appSecret' ? 'secret' : 'string',
    })),
  }
  return `${JSON.stringify(collection, null, 2)}\n`
}
