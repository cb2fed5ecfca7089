/**
 * `message`: makes the two request fields that carry the type and the content of a message.
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
import { checkOptions, type OptionNames } from '../core/options.js'

/** An object that chooses its own JSON form. */
export interface Writable {
  /** Returns the value to write in its place. */
  toJSON(): unknown
}

/** A value that JSON can represent: plain data, also typed by interfaces, and objects with a `toJSON`. */
export type Json<Value> = Value extends string | number | boolean | null | undefined | Writable
  ? Value
  : Value extends bigint | symbol | ((...args: never) => unknown)
    ? 'must be JSON'
    : { readonly [Name in keyof Value]: Json<Value[Name]> }

/** The content of a message: the fields of a predefined type, or any JSON for a custom type. */
export type MessageContent<Type, Content> = Type extends keyof MessageContents
  ? MessageContents[Type]
  : undefined extends Content
    ? 'must be JSON'
    : Json<Content>

/** The name of a message type. For a reserved name that is not in the contract, it is a text that the compiler shows. */
export type MessageName<Type> = Type extends keyof MessageContents
  ? Type
  : Type extends ReservedName
    ? 'must be a message type of the contract; allowUnknownTypes lets newer ones through'
    : Type

/** Allows type names that have the reserved prefix and are not in this version of the contract. */
export interface UnknownTypeOption {
  /** Default `false`. The client and the mock have an option of the same name. */
  readonly allowUnknownTypes?: boolean | undefined
}

const MESSAGE_OPTIONS: OptionNames<UnknownTypeOption> = { allowUnknownTypes: 'boolean' }

/**
 * Makes the two fields that carry a message. Spread them into a request.
 *
 * The content of a predefined type is an object of its schema. The compiler checks it here, and the client checks it
 * before sending. The content of a custom type is a string, sent unchanged, or any JSON value, sent as JSON.
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
  checkOptions(options, MESSAGE_OPTIONS, 'a message')
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
