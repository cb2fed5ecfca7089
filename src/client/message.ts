/**
 * `message`: type and content of a message as the two fields of a request.
 *
 * @see https://docs.rongcloud.io/platform-chat-api/message-about/about-message-types
 * @module
 */
import { messages } from '#validators'
import {
  type MessageContents,
  type MessageFields,
  messageFields,
  type ReservedName,
  reservedPrefix,
} from '../core/contract.js'

/** Anything that JSON can carry. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/** Lets names with the reserved prefix through that this version of the contract does not know. */
export interface UnknownTypeOption {
  /** Default `false`. The client and the stand-in have an option of the same name. */
  readonly allowUnknownTypes?: boolean
}

/**
 * Makes the two fields that carry a message, to be spread into a request.
 *
 * A predefined type takes the object of its schema, checked by the compiler here and by the client before it is sent.
 * A custom type takes any string, sent as it is, or any JSON value, sent as JSON.
 *
 * @throws TypeError for an unknown name with the reserved prefix, unless `allowUnknownTypes`; for content that is not JSON
 */
export function message<T extends keyof MessageContents>(type: T, content: MessageContents[T]): MessageFields
export function message<T extends string>(type: T extends ReservedName ? never : T, content: JsonValue): MessageFields
export function message(type: string, content: JsonValue, options: { readonly allowUnknownTypes: true }): MessageFields
export function message(type: string, content: unknown, options: UnknownTypeOption = {}): MessageFields {
  if (typeof type !== 'string' || type === '') {
    throw new TypeError(`"${messageFields.type}" must be the name of a message type. Received ${JSON.stringify(type)}`)
  }
  const reserved = reservedPrefix !== '' && type.startsWith(reservedPrefix)
  if (reserved && !Object.hasOwn(messages, type) && !options.allowUnknownTypes) {
    throw new TypeError(
      `"${messageFields.type}" must be a known type when it starts with "${reservedPrefix}"; allowUnknownTypes lets newer ones through. Received "${type}"`,
    )
  }
  const text = typeof content === 'string' ? content : JSON.stringify(content)
  if (text === undefined)
    throw new TypeError(`"${messageFields.content}" must be a string or JSON. Received ${typeof content}`)
  return { [messageFields.type]: type, [messageFields.content]: text } as unknown as MessageFields
}
