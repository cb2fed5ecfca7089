/** The JSON files: the contract and its vectors, with the types that a JSON module has. */
import openapi from 'rongcloud-status-message/openapi.json' with { type: 'json' }
import vectors from 'rongcloud-status-message/vectors.json' with { type: 'json' }
import schema from 'rongcloud-status-message/vectors.schema.json' with { type: 'json' }

export const version: string = openapi.info.version
export const operation: string = openapi.paths['/statusmessage/group/publish.json'].post.operationId
export const first: string | undefined = vectors.vectors[0]?.name
export const title: string = schema.$schema

// @ts-expect-error The contract has no such path.
export const nowhere = openapi.paths['/nowhere']
