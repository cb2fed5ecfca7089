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

/** What says by itself how it is written in JSON. */
export interface Writable {
  /** The value that is written in its place. */
  toJSON(): unknown
}

/** A value that JSON can carry: plain data, interfaces among it, and what has a `toJSON`. */
export type Json<Value> = Value extends string | number | boolean | null | undefined | Writable
  ? Value
  : Value extends bigint | symbol | ((...args: never) => unknown)
    ? 'must be JSON'
    : { readonly [Name in keyof Value]: Json<Value[Name]> }

/** What a message carries: the fields of its predefined type, or any JSON where the type is a custom one. */
export type MessageContent<Type, Content> = Type extends keyof MessageContents
  ? MessageContents[Type]
  : undefined extends Content
    ? 'must be JSON'
    : Json<Content>

/** The name of a message type; of one that is reserved and unknown, the compiler says so. */
export type MessageName<Type> = Type extends keyof MessageContents
  ? Type
  : Type extends ReservedName
    ? 'must be a message type of the contract; allowUnknownTypes lets newer ones through'
    : Type

/** Lets names with the reserved prefix through that this version of the contract does not know. */
export interface UnknownTypeOption {
  /** Default `false`. The client and the mock have an option of the same name. */
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
export function message<Type extends keyof MessageContents | (string & {}), Content>(
  type: MessageName<Type>,
  content: MessageContent<Type, Content>,
  options?: UnknownTypeOption,
): MessageFields
export function message<Type extends keyof MessageContents | (string & {}), Content>(
  type: Type,
  content: MessageContent<Type, Content>,
  options: { readonly allowUnknownTypes: true },
): MessageFields
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
