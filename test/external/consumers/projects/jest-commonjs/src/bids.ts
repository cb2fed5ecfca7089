/** Tells the rooms of an auction who bids. */
import { type Client, createClient } from 'rongcloud-status-message'

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

  /** Shows a bid in up to three rooms. */
  async show(bidder: string, rooms: readonly string[], bid: Bid): Promise<void> {
    const content = JSON.stringify(bid)
    await this.rongcloud.sendGroupStatusMessage({
      fromUserId: bidder,
      toGroupId: rooms,
      objectName: 'bids:bid',
      content,
    })
  }
}
