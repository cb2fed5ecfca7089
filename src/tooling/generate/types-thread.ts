/**
 * Makes the types in a thread of its own: TypeScript takes as long to load as all the rest, and the lint need not wait for it.
 *
 * @module
 */
import { parentPort } from 'node:worker_threads'
import type { Spec } from './openapi.js'
import { generateTypes } from './types.js'

parentPort?.on('message', async (spec: Spec) => parentPort?.postMessage(await generateTypes(spec)))
