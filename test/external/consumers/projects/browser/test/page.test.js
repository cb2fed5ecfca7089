import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { chromium } from 'playwright-core'
import { serve } from '../serve.js'

let server
let browser
let page
before(async () => {
  server = await serve('public')
  browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium' })
  page = await browser.newPage()
  await page.goto(server.url)
  await page.waitForFunction(() => window.api)
})
after(async () => {
  await browser.close()
  server.close()
})

async function submit(rooms, text, button = 'send') {
  await page.fill('[name=rooms]', rooms)
  await page.fill('[name=text]', text)
  await page.click(`[name=${button}]`)
  await page.waitForFunction(() => document.querySelector('output').textContent)
  await page.evaluate(() => window.api.verify())
}

test('typing is shown in both rooms', async () => {
  await submit('2193 2192', 'hello', 'typing')
  const body = await page.evaluate(() => window.api.calls.at(-1).body)
  assert.equal(body.objectName, 'RC:TypSts')
  assert.deepEqual({ toGroupId: body.toGroupId }, { toGroupId: ['2193', '2192'] })
})

test('any number of rooms is reached', () => submit('a b c d 大厅', 'hello'))
test('a line that is too long is cut', () => submit('north', '好'.repeat(50_000)))
