/** The methods of the operations. Made by `npm run generate`; edit spec/ instead. */
import type { FieldsByOperation, ListOf, SendGroupStatusMessageFields, Without } from './fields.js'

/** A method for each operation. */
export interface MethodsOf<Options, Results extends Record<keyof FieldsByOperation, unknown>> {
  /**
   * Send a status message to up to three groups
   *
   * Sends one status message to the online members of one, two or three groups.
   *
   * - Offline members never get it; the server neither stores nor counts it.
   * - The sender's own clients get no copy unless `isIncludeSender` is `1`.
   * - The sender need not be a member of the group: a call of the server API may name any user.
   * - The vendor's post-messaging callbacks do not fire for it by default.
   * - The receiving client treats it like any other message: whether it counts as unread or is stored on the
   *   device depends on the message type, see `objectName`.
   * - Give `toGroupId` once for each group. A comma is part of an id, never a separator.
   * - Fields that are not listed here are ignored, not refused.
   *
   * The limit is 20 messages a second for an App Key, and each target group counts as one message: a call to three
   * groups costs three. The vendor can raise it by contract.
   */
  readonly sendGroupStatusMessage: <const ToGroupId extends SendGroupStatusMessageFields["toGroupId"]>(fields: Without<SendGroupStatusMessageFields, "toGroupId"> & {
    /** The receiving groups, one to three of them. On the wire the name is repeated, once for each group. The answer has one entry for each. */
    readonly toGroupId: ListOf<ToGroupId, 1 | 2 | 3, "must be a list of 1 to 3 groups in one call">
  }, options?: Options) => Promise<Results['sendGroupStatusMessage']>
}

/** A method for each operation with a list that can be split. */
export interface BatchesOf<Options, Batches extends Record<keyof FieldsByOperation, unknown>> {
  /**
   * Send a status message to up to three groups
   *
   * Sends one status message to the online members of one, two or three groups.
   *
   * - Offline members never get it; the server neither stores nor counts it.
   * - The sender's own clients get no copy unless `isIncludeSender` is `1`.
   * - The sender need not be a member of the group: a call of the server API may name any user.
   * - The vendor's post-messaging callbacks do not fire for it by default.
   * - The receiving client treats it like any other message: whether it counts as unread or is stored on the
   *   device depends on the message type, see `objectName`.
   * - Give `toGroupId` once for each group. A comma is part of an id, never a separator.
   * - Fields that are not listed here are ignored, not refused.
   *
   * The limit is 20 messages a second for an App Key, and each target group counts as one message: a call to three
   * groups costs three. The vendor can raise it by contract.
   */
  readonly sendGroupStatusMessage: (fields: SendGroupStatusMessageFields, options?: Options) => Batches['sendGroupStatusMessage']
}
