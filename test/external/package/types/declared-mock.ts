/** The same for a program that has the mock alone. */
import { createMockApi } from 'rongcloud-status-message/testing'

export const api = createMockApi({ appKey: 'k', appSecret: 's' })
export const bodies = () => api.calls.map(({ body }) => body)
