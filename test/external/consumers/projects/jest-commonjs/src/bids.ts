/** Shows the rooms of an auction who is typing and who bids. */
import { type Client, createClient, message } from 'rongcloud-status-message'

export interface Keys {
  readonly appKey: string
  readonly appSecret: string
}

interface Bid {
  readonly lot: number
  readonly amount: number
}

export class Bids {
  private readonly rongcloud: Client

  constructor({ appKey, appSecret }: Keys) {
    this.rongcloud = createClient({ appKey, appSecret, region: 'north-america' })
  }

  /** Shows in up to three rooms that someone is typing. */
  typing(bidder: string, rooms: readonly string[]) {
    return this.send(bidder, rooms, message('RC:TypSts', { typingContentType: 'RC:TxtMsg' }))
  }

  /** Shows a bid in up to three rooms. */
  show(bidder: string, rooms: readonly string[], bid: Bid) {
    return this.send(bidder, rooms, { objectName: 'bids:bid', content: JSON.stringify(bid) })
  }

  private send(bidder: string, rooms: readonly string[], status: { objectName: string; content: string }) {
    return this.rongcloud.sendGroupStatusMessage({ fromUserId: bidder, toGroupId: rooms, ...status })
  }
}
