import { test } from 'node:test'
import { describeContract } from 'rongcloud-status-message/contract-tests'
import { createCursors } from '../src/cursors.js'

describeContract({
  test,
  timeout: 500,
  send: (fields, { appKey, appSecret, baseUrl, fetch }) =>
    createCursors({ appKey, appSecret, baseUrl, fetch, timeout: 500 }).publish(fields),
})
