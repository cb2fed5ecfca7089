/**
 * The collection for Postman, in its format 2.1.
 *
 * @see https://schema.postman.com/collection/json/v2.1.0/draft-07/docs/index.html
 * @module
 */
import { type Collection, type Sample, signingScript } from './collections.js'

const script = (listen: string, exec: readonly string[]) => ({ listen, script: { type: 'text/javascript', exec } })

function item({ name, description, method, path, headers, form, status }: Sample): object {
  const answered = [
    `pm.test('is accepted', () => {`,
    `  pm.response.to.have.status(${status})`,
    `  pm.expect(pm.response.json().code).to.eql(${status})`,
    '})',
  ]
  return {
    name,
    event: [script('test', answered)],
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
  const tool = {
    read: (variable: string) => `pm.variables.get('${variable}')`,
    set: (header: string, value: string) => `pm.request.headers.upsert({ key: '${header}', value: ${value} })`,
  }
  const collection = {
    info: { name, description, schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json' },
    item: folders.map((folder) => ({ name: folder.name, item: folder.samples.map(item) })),
    event: signing ? [script('prerequest', signingScript(signing, tool))] : [],
    variable: Object.entries(variables).map(([key, value]) => ({
      key,
      value,
      type: key === 'appSecret' ? 'secret' : 'string',
    })),
  }
  return `${JSON.stringify(collection, null, 2)}\n`
}
