/** The playground in headless Chromium, served under a sub-path. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { cp, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import type { Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, describe, expect, inject, test } from 'vitest'
import { operationIds } from '../../../src/core/contract.js'
import { contentFiles } from '../../../src/tooling/docs/build.js'
import { playgroundFiles } from '../../../src/tooling/docs/playground/build.js'
import { mergeFiles, type Site } from '../../../src/tooling/docs/site.js'
import { curlSample, draftWith, NASTY, programSamples, typescriptSample } from '../../support/playground.js'
import { copyProject, generate, ROOT } from '../../support/project-copy.js'
import { type BuiltSite, buildSite } from './built.js'
import {
  copiedText,
  errorMessages,
  headline,
  launch,
  type Opened,
  type OpenOptions,
  open,
  send,
  type Witness,
  warnings,
} from './playground-page.js'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
const CLIPBOARD = { permissions: ['clipboard-read', 'clipboard-write'] }

let witness: Witness
const folder = inject('site')
let visits: Opened[] = []

beforeAll(async () => {
  witness = await launch()
})
afterAll(() => witness?.close())

/** After each test: no page has logged a problem or sent a request to another host. */
afterEach(async () => {
  const problems = visits.flatMap((one) => one.problems)
  await Promise.all(visits.map((one) => one.close()))
  visits = []
  expect(problems).toEqual([])
  expect(witness.elsewhere).toEqual([])
})

async function visit(options: OpenOptions = {}, site = folder): Promise<Opened> {
  const opened = await open(witness.browser, site, options)
  visits.push(opened)
  await opened.page.waitForSelector('#pg-form')
  return opened
}

/** Opens the page with an example that has two groups. */
async function visitTwoGroups(options: OpenOptions = {}): Promise<Opened> {
  const opened = await visit(options)
  await opened.page.getByLabel('Start from an example').selectOption('textToTwoGroups')
  return opened
}

const groups = (page: Page) => page.getByRole('textbox', { name: /^toGroupId \d+$/ })

async function addGroups(page: Page, ...names: string[]): Promise<void> {
  for (const name of names) {
    await page.getByRole('button', { name: 'Add toGroupId' }).click()
    await page.keyboard.type(name)
  }
}

const content = (page: Page) => page.getByRole('textbox', { name: /^content/ })
const type = (page: Page) => page.getByRole('textbox', { name: /^objectName/ })
const disableValidation = (page: Page) => page.getByRole('checkbox', { name: /checks the request/ }).uncheck()
const answered = async (page: Page) =>
  JSON.parse((await page.getByLabel('Body of the answer').textContent()) ?? '') as unknown

describe('a call', () => {
  test('is sent as shown, with four signing headers and one pair for each group, and is accepted', async () => {
    const { page, url } = await visitTwoGroups(CLIPBOARD)
    const sent = page.waitForRequest(/\/mock\//)
    const before = await copiedText(page, 'HTTP')
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    const request = await sent
    expect(request.url()).toBe(`${url}playground/mock/statusmessage/group/publish.json`)

    const [head = '', body] = before.split('\n\n')
    expect(body).toBe(request.postData())
    expect(body).toContain('toGroupId=2193&toGroupId=2192')
    const headers = await request.allHeaders()
    const lines = head
      .split('\n')
      .slice(2)
      .map((line) => line.split(/: (.*)/s))
    for (const [name = '', value] of lines) expect([name, headers[name.toLowerCase()]]).toEqual([name, value])
    const { nonce = '', timestamp = '', signature } = headers
    expect(lines.map(([name]) => name)).toEqual(expect.arrayContaining(['App-Key', 'Nonce', 'Timestamp', 'Signature']))
    expect(signature).toBe(createHash('sha1').update(`not-a-secret${nonce}${timestamp}`).digest('hex'))

    const { messageUIDs } = (await answered(page)) as { messageUIDs: { groupId: string; messageUID: string }[] }
    expect(messageUIDs.map(({ groupId }) => groupId)).toEqual(['2193', '2192'])
    // Each group has its receipt beside it until something changes.
    const receipts = page.locator('.pg-rows small')
    expect(await receipts.allTextContents()).toEqual(messageUIDs.map(({ messageUID }) => `messageUID ${messageUID}`))
    await groups(page).nth(0).fill('other')
    expect(await receipts.count()).toBe(0)
    expect(await page.getByText(/^Answered by/).textContent()).toContain('service worker')
  })

  test('has a new nonce each time, and a signature that the body does not change', async () => {
    const { page } = await visitTwoGroups(CLIPBOARD)
    const signature = async () => /Signature: (\w{40})/.exec(await copiedText(page, 'HTTP'))?.[1]
    const first = await signature()
    await content(page).fill('{"content":"other"}')
    expect(await signature()).toBe(first)
    await send(page)
    await send(page)
    expect(await signature()).not.toBe(first)
  })

  test('to four groups is not sent, and the field has the error', async () => {
    const { page, requests } = await visitTwoGroups()
    await addGroups(page, 'a', 'b')
    expect(await send(page)).toBe('Not sent: off the contract')
    expect(await errorMessages(page)).toEqual(['toGroupId: at most 3 groups in one call, got 4 maxItems'])
    const described = await groups(page).nth(3).getAttribute('aria-describedby')
    expect(described?.split(' ')).toContain(await page.locator('.pg-error:visible').getAttribute('id'))
    expect(await groups(page).nth(3).getAttribute('aria-invalid')).toBe('true')
    expect(requests.filter((one) => one.includes('/mock/'))).toEqual([])
    await page.getByRole('button', { name: 'Remove toGroupId 4' }).click()
    expect(await errorMessages(page)).toEqual([])
  })

  test('to four groups is refused by the mock when the client does not validate', async () => {
    const { page } = await visitTwoGroups()
    await disableValidation(page)
    await addGroups(page, 'a', 'b')
    expect(await send(page)).toMatch(/^Refused: .* \(HTTP 400, code 1002\)$/)
    expect(await errorMessages(page)).toEqual(['toGroupId: at most 3 groups in one call, got 4 maxItems'])
  })

  test('marks the invalid value of a list, and the message leads to it', async () => {
    const { page } = await visitTwoGroups()
    await groups(page).nth(1).fill('g'.repeat(65))
    await send(page)
    expect(await groups(page).nth(0).getAttribute('aria-invalid')).toBeNull()
    await page.getByRole('button', { name: /^toGroupId\[1\]/ }).click()
    expect(
      await groups(page)
        .nth(1)
        .evaluate((element) => element === document.activeElement),
    ).toBe(true)
  })

  test('signed with a wrong secret is refused, and the signature has the error', async () => {
    const { page } = await visitTwoGroups()
    await page.getByRole('checkbox', { name: /wrong secret/ }).check()
    expect(await send(page)).toMatch(/^Refused: .* \(HTTP 401, code 1004\)$/)
    await page.getByRole('button', { name: /^Signature: / }).click()
    const toggle = page.getByRole('checkbox', { name: /wrong secret/ })
    expect(await toggle.evaluate((element) => element === document.activeElement)).toBe(true)
    const [message = ''] = await errorMessages(page)
    expect(message).toContain('it must be the SHA-1 of App Secret + Nonce + Timestamp')
    await page.getByRole('checkbox', { name: /wrong secret/ }).uncheck()
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    expect(await errorMessages(page)).toEqual([])
  })

  test('with a type of 33 characters is refused at the field, by the client and by the mock', async () => {
    const { page } = await visitTwoGroups()
    await type(page).fill('a'.repeat(33))
    const violation = 'objectName: at most 32 characters, got 33 maxLength'
    expect([await send(page), await errorMessages(page)]).toEqual(['Not sent: off the contract', [violation]])
    expect(await page.getByText('33 / 32 characters').isVisible()).toBe(true)
    await disableValidation(page)
    expect(await send(page)).toMatch(/\(HTTP 400, code 1005\)$/)
    expect(await errorMessages(page)).toEqual([violation])
    await type(page).fill('a'.repeat(32))
    expect(await send(page)).toBe('Accepted (HTTP 200)')
  })

  test('with 128 KiB of CJK is accepted, and with one more byte is refused', async () => {
    const { page } = await visitTwoGroups(CLIPBOARD)
    await type(page).fill('app:long')
    await content(page).fill(`${'群'.repeat(43_690)}ab`)
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    expect(Buffer.byteLength(await copiedText(page, 'HTTP'))).toBeGreaterThan(390_000)
    await content(page).fill(`${'群'.repeat(43_690)}abc`)
    await disableValidation(page)
    expect(await send(page)).toMatch(/\(HTTP 400, code 1005\)$/)
    expect(await errorMessages(page)).toEqual(['content: at most 131072 bytes of UTF-8, got 131073 x-max-bytes'])
  })

  test('gets the chosen answer as long as it is on the contract', async () => {
    const { page } = await visitTwoGroups()
    await page.getByLabel('Answer with').selectOption('rateLimited')
    expect(await send(page)).toMatch(/^Refused: .* \(HTTP 429, code 1008\)$/)
    expect(await page.getByText('For the client').textContent()).toContain(
      '“rate-limit”, not processed; the same call may succeed later',
    )
    await page.getByLabel('Answer with').selectOption('internalError')
    expect(await send(page)).toMatch(/^Failed: .* \(HTTP 500, code 1000\)$/)
    await disableValidation(page)
    await content(page).fill('')
    expect(await send(page)).toMatch(/\(HTTP 400, code 1002\)$/)
    expect(await page.getByText('is for calls on the contract').isVisible()).toBe(true)
    await page.getByLabel('Answer with').selectOption('')
    await content(page).fill('{"content":"x"}')
    expect(await send(page)).toBe('Accepted (HTTP 200)')
  })

  test('with an invalid request id does not leave its chosen answer to the next call', async () => {
    const { page } = await visitTwoGroups()
    await page.getByText('Headers', { exact: true }).click()
    const id = page.getByRole('textbox', { name: /^X-Request-ID/ })
    await disableValidation(page)
    await page.getByLabel('Answer with').selectOption('rateLimited')
    await id.fill('r'.repeat(37))
    expect(await send(page)).toMatch(/\(HTTP 400, code 1005\)$/)
    await page.getByLabel('Answer with').selectOption('')
    await id.fill('')
    expect(await send(page)).toBe('Accepted (HTTP 200)')
  })

  test('can get a broken or a late answer, and the page says what the client makes of it', async () => {
    const { page } = await visit()
    const outcomes = [
      { fault: 'reset', first: 'Failed: The connection broke', more: 'connection lost to' },
      { fault: 'truncate', first: 'Failed: The connection broke', more: '{"code":200,"messageUIDs":[{"gro' },
      { fault: 'garbage', first: 'Failed (HTTP 200)', more: 'a body that is not a JSON object' },
      { fault: 'hang', first: 'Failed: No answer in time', more: 'no complete answer within 3000 ms' },
    ]
    for (const { fault, first, more } of outcomes) {
      await page.getByLabel('Break it').selectOption(fault)
      expect([fault, await send(page)]).toEqual([fault, first])
      expect(await page.locator('.pg-answer').textContent()).toContain(more)
      expect(await page.getByText('For the client').textContent()).toContain('perhaps processed; sending it again may')
    }
    await page.getByLabel('Break it').selectOption('')
    await page.getByLabel('Answer after').selectOption('300')
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    const time = Number(/ in (\d+) ms/.exec((await page.getByText(/^Answered by/).textContent()) ?? '')?.[1])
    expect(time).toBeGreaterThanOrEqual(300)
  })

  test('can be sent with the keyboard alone', async () => {
    const { page } = await visitTwoGroups()
    await type(page).focus()
    await page.keyboard.press('Enter')
    await page.waitForFunction(() => /^Accepted/.test(document.querySelector('.pg-headline')?.textContent ?? ''))
    await groups(page).nth(1).focus()
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    expect(await groups(page).count()).toBe(1)
    expect(
      await groups(page)
        .nth(0)
        .evaluate((element) => element === document.activeElement),
    ).toBe(true)
  })
})

describe('the rate limit', () => {
  const burst = async (page: Page) => {
    await page.getByRole('button', { name: /at once/ }).click()
    await page.waitForFunction(() => /calls accepted/.test(document.querySelector('.pg-headline')?.textContent ?? ''))
    return headline(page).textContent()
  }

  test('refuses the calls above it, and the meter is full', async () => {
    const { page } = await visitTwoGroups()
    await page.getByRole('checkbox', { name: /keeps the rate limit/ }).uncheck()
    const full = page.waitForFunction(
      () => Number(document.querySelector('[role=meter]')?.getAttribute('aria-valuenow')) >= 18,
    )
    expect(await burst(page)).toBe('10 of 12 calls accepted')
    await full
    expect((await errorMessages(page))[0]).toContain('at most 20 messages a second')
    await page.waitForFunction(() => document.querySelector('[role=meter]')?.getAttribute('aria-valuenow') === '0')
  })

  test('delays calls when the client keeps it', async () => {
    const { page } = await visitTwoGroups()
    expect(await burst(page)).toBe('12 of 12 calls accepted')
    expect(
      Number(/longest wait for a turn was (\d+) ms/.exec((await page.locator('.pg-wire').textContent()) ?? '')?.[1]),
    ).toBeGreaterThan(500)
  })
})

describe('the form', () => {
  test('fills in a named example, and the template of a message type', async () => {
    const { page } = await visit()
    await page.getByLabel('Start from an example').selectOption('customType')
    expect([await type(page).inputValue(), await content(page).inputValue()]).toEqual(['app:cursor', 'x=120;y=48'])
    await page.getByLabel('Predefined values of objectName').selectOption('RC:CmdMsg')
    expect(await type(page).inputValue()).toBe('RC:CmdMsg')
    expect(Object.keys(JSON.parse(await content(page).inputValue()) as object)).toEqual(['name', 'data'])
    expect(await page.getByText('Not counted, not stored').isVisible()).toBe(true)
    expect(await send(page)).toBe('Accepted (HTTP 200)')
  })

  test('judges a field as it is typed into, and names the invalid member of the content', async () => {
    const { page, requests } = await visitTwoGroups()
    await content(page).fill('{"content":5}')
    expect(await errorMessages(page)).toEqual(['content.content: a string, got 5 type'])
    expect(await content(page).getAttribute('aria-invalid')).toBe('true')
    await content(page).fill('{"content":"5"}')
    expect(await errorMessages(page)).toEqual([])
    expect(requests.filter((one) => one.includes('/mock/'))).toEqual([])
  })

  test('does not judge an empty field before the cursor leaves it', async () => {
    // All of it is in view, so that the browser does not scroll to make up for what grows above.
    const { page } = await visitTwoGroups({ viewport: { width: 390, height: 4_000 } })
    await page.getByRole('button', { name: 'Add toGroupId' }).click()
    expect(await errorMessages(page)).toEqual([])
    await type(page).fill('')
    await page.getByText('toGroupId[2]: at least 1 character, got 0').first().waitFor()
    expect(await errorMessages(page)).toEqual(['toGroupId[2]: at least 1 character, got 0 minLength'])
    await content(page).focus()
    await page.getByText('objectName: required, got nothing').first().waitFor()
    // What this field says makes the page longer, but not before the button has got its click.
    await content(page).fill('')
    expect(await send(page)).toBe('Not sent: off the contract')
  })

  test('says what is on the contract and probably a mistake, at the field', async () => {
    const { page } = await visit()
    expect(await warnings(page)).toEqual([])
    await groups(page).nth(0).fill('2193,2192')
    expect(await warnings(page)).toEqual(['toGroupId[0]: several groups in one id; repeat the field, got "2193,2192"'])
    const described = await groups(page).nth(0).getAttribute('aria-describedby')
    expect(described?.split(' ')).toContain(await page.locator('.pg-warning:visible').getAttribute('id'))
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    expect((await warnings(page)).length).toBe(1)
  })

  test('fades the answer when the request changes', async () => {
    const { page } = await visit()
    const color = () => headline(page).evaluate((element) => getComputedStyle(element).color)
    const note = page.getByText('The answer to your last request')
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    const fresh = await color()
    expect(await note.isVisible()).toBe(false)
    await groups(page).nth(0).fill('2192')
    expect(await note.isVisible()).toBe(true)
    expect(await color()).not.toBe(fresh)
    await send(page)
    expect([await note.isVisible(), await color()]).toEqual([false, fresh])
  })
})

describe('a link', () => {
  test('restores the whole call for another user, and has no secret', async () => {
    const { page } = await visitTwoGroups(CLIPBOARD)
    await addGroups(page, 'a,b & c=d')
    await content(page).fill('{"content":"“群” +%?#"}')
    await page.getByLabel('Answer with').selectOption('signatureError')
    await page.getByRole('checkbox', { name: /wrong secret/ }).check()
    await disableValidation(page)
    await page.getByLabel('Host').selectOption('https://api-b.us-light-api.com')
    const body = (await copiedText(page, 'HTTP')).split('\n\n')[1]
    await page.getByRole('button', { name: 'Copy link' }).click()
    const link = await page.evaluate(() => navigator.clipboard.readText())
    expect(decodeURIComponent(link)).not.toMatch(/not-a-secret|another-secret|[0-9a-f]{40}/)

    const { page: other } = await visit({ ...CLIPBOARD, hash: new URL(link).hash })
    const http = await copiedText(other, 'HTTP')
    expect(http.split('\n\n')[1]).toBe(body)
    expect(http).toContain('Host: api-b.us-light-api.com')
    expect(await other.getByLabel('Answer with').inputValue()).toBe('signatureError')
    expect(await other.getByRole('checkbox', { name: /wrong secret/ }).isChecked()).toBe(true)
    expect(await other.getByRole('checkbox', { name: /checks the request/ }).isChecked()).toBe(false)
  })

  test('is saved in the address while the user types, and survives a reload', async () => {
    const { page } = await visit()
    await page.getByLabel('Start from an example').selectOption('typingStatus')
    await content(page).fill('{"typingContentType":"kept"}')
    await page.waitForURL(/kept/)
    await page.reload()
    await page.waitForSelector('#pg-form')
    expect(await content(page).inputValue()).toBe('{"typingContentType":"kept"}')
    expect(await send(page)).toBe('Accepted (HTTP 200)')
  })

  test('that is too long is not copied, and the page says so', async () => {
    const { page } = await visit(CLIPBOARD)
    await content(page).fill('x'.repeat(9_000))
    await page.evaluate(() => navigator.clipboard.writeText('kept'))
    await page.getByRole('button', { name: 'Copy link' }).click()
    const message = page.getByText('Not copied: this request makes a link of')
    await message.waitFor()
    expect((await message.boundingBox())?.height).toBeGreaterThan(10)
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('kept')
  })

  test('that is damaged says so, and opens the page anyway', async () => {
    const { page } = await visit({ hash: '#nothing' })
    const damaged = [
      ['#nothing', 'it names no call that is known here. The form has an example.'],
      ['#sendGroupStatusMessage?fromUserId=%E0%A4&x=1&__proto__=1', 'some of its characters are broken'],
      [
        '#sendGroupStatusMessage?~size=99&fromUserId=1',
        'it was cut or changed on its way: 12 of 99 characters are left',
      ],
    ] as const
    for (const [hash, problem] of damaged) {
      await page.evaluate((value) => {
        location.hash = value
      }, hash)
      await page.getByText(problem).waitFor()
      expect(await page.locator('.pg > .pg-warning').textContent()).toContain('This link is damaged: ')
    }
    await page.getByLabel('Start from an example').selectOption('typingStatus')
    expect(await warnings(page)).toEqual([])
    expect(await send(page)).toBe('Accepted (HTTP 200)')
  })

  test('can lead to a part of the page', async () => {
    const { page } = await visit({ hash: '#headers' })
    expect(await warnings(page)).toEqual([])
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(300)
    expect(await page.getByRole('heading', { name: 'Got a 401?' }).isVisible()).toBe(true)
  })
})

describe('pasted headers', () => {
  const area = (page: Page) => page.getByLabel('Headers of your call')
  const paste = (page: Page, text: string) =>
    area(page).evaluate((element, value) => {
      const clipboardData = new DataTransfer()
      clipboardData.setData('text', value)
      const event = new ClipboardEvent('paste', { clipboardData, bubbles: true, cancelable: true })
      return element.dispatchEvent(event)
    }, text)

  test('are checked without a secret, and the command for the rest can be copied', async () => {
    const { page } = await visit(CLIPBOARD)
    await area(page).fill('App-Key: k\nNonce: 1\nTimestamp: 1700000000\nSignature: 0123')
    await page.getByText('Look at Timestamp and Signature.').waitFor()
    expect(await page.locator('.pg-findings').textContent()).toContain('has 4 hexadecimal digits')
    await page.getByRole('button', { name: 'Copy command' }).click()
    await page.getByText('Copied', { exact: true }).waitFor()
    const copied = await page.evaluate(() => navigator.clipboard.readText())
    expect(copied).toMatch(/^npx rongcloud-status-message verify-signature [^$]*--signature '0123'$/)
    await page.getByRole('button', { name: 'Clear' }).click()
    await page.locator('.pg-findings li').first().waitFor({ state: 'detached' })
    expect(await area(page).inputValue()).toBe('')
  })

  test('with a secret are refused before they are in the field, and cleared when they are typed', async () => {
    const { page } = await visit()
    const refused = page.getByText('That has an App Secret in it')
    expect(await paste(page, 'RONGCLOUD_APP_SECRET=Y1W2MeFwwwRxa0')).toBe(false)
    await refused.waitFor()
    expect(await paste(page, 'App-Key: k')).toBe(true)
    await area(page).fill('App-Key: k')
    await refused.waitFor({ state: 'detached' })
    await area(page).fill('App-Key: k\nexport RONGCLOUD_APP_SECRET=Y1W2MeFwwwRxa0')
    await refused.waitFor()
    expect([await area(page).inputValue(), await page.locator('.pg-findings li').count()]).toEqual(['', 0])
  })
})

describe('without', () => {
  test.each([
    {
      name: 'a worker that may be registered',
      before: () => {
        if (navigator.serviceWorker) navigator.serviceWorker.register = () => Promise.reject(new Error('refused'))
      },
    },
    {
      name: 'service workers',
      before: () => {
        Object.defineProperty(Navigator.prototype, 'serviceWorker', { value: undefined })
      },
    },
  ])('$name, the client gets the mock’s own fetch', async ({ before }) => {
    const { page, requests } = await visit({ before })
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    expect(await page.getByText(/^Answered by/).textContent()).toContain('without a service worker')
    await page.getByRole('checkbox', { name: /wrong secret/ }).check()
    expect(await send(page)).toMatch(/\(HTTP 401, code 1004\)$/)
    expect(requests.filter((one) => one.includes('/mock/'))).toEqual([])
  })

  test('a running worker, the page starts it again', async () => {
    const { page } = await visit()
    await send(page)
    const session = await page.context().newCDPSession(page)
    await session.send('ServiceWorker.enable')
    await session.send('ServiceWorker.stopAllWorkers')
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    expect(await page.getByText(/^Answered by/).textContent()).not.toContain('without')
  })

  test('a network, calls are still answered', async () => {
    const { page, stopServer } = await visit()
    await send(page)
    await stopServer()
    await page.context().setOffline(true)
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    await page.getByLabel('Answer with').selectOption('rateLimited')
    expect(await send(page)).toMatch(/\(HTTP 429, code 1008\)$/)
  })

  test('JavaScript, the page says what it is and links to the other pages', async () => {
    const opened = await open(witness.browser, folder, { javaScriptEnabled: false })
    visits.push(opened)
    // Playwright does not see the content of <noscript> as text, so its size is tested.
    expect((await opened.page.locator('noscript p').boundingBox())?.height).toBeGreaterThan(20)
    expect(await opened.page.locator('noscript').innerHTML()).toMatch(/needs JavaScript[\s\S]*href="\.\.\/reference\/"/)
  })
})

test('the policy refuses requests to other hosts, and the proxy would record them', async () => {
  const attempt = (url: string) =>
    fetch(url, { method: 'POST', mode: 'no-cors' }).then(
      () => 'sent',
      () => 'refused',
    )
  const opened = await open(witness.browser, folder)
  expect(await opened.page.evaluate(attempt, 'https://api.rong-api.com/statusmessage/group/publish.json')).toBe(
    'refused',
  )
  expect(opened.problems.join()).toMatch(/api\.rong-api\.com\S* violates .* Policy directive: "connect-src 'self'"/)
  expect(witness.elsewhere).toEqual([])
  await opened.close()

  const plain = await (await witness.browser.newContext()).newPage()
  await plain.evaluate(attempt, 'http://elsewhere.example/')
  expect((witness.elsewhere as string[]).splice(0)).toEqual(['POST http://elsewhere.example/'])
})

test('copies the samples for any message', async () => {
  const { page } = await visitTwoGroups(CLIPBOARD)
  await content(page).fill(NASTY)
  expect(await copiedText(page, 'curl')).toBe(curlSample(draftWith()))
  await page.getByText('Headers', { exact: true }).click()
  await page.getByRole('textbox', { name: /^X-Request-ID/ }).fill("it's-mine")
  expect(await copiedText(page, 'TypeScript')).toBe(typescriptSample(draftWith({}, { 'X-Request-ID': "it's-mine" })))
  const { Python, Go } = programSamples(draftWith({}, { 'X-Request-ID': "it's-mine" }))
  expect([await copiedText(page, 'Python'), await copiedText(page, 'Go')]).toEqual([Python, Go])
  await page.getByText('Go copied').waitFor()
  await type(page).fill('app:long')
  await content(page).fill('群'.repeat(43_690))
  const long = draftWith({ objectName: ['app:long'], content: ['群'.repeat(43_690)] }, { 'X-Request-ID': "it's-mine" })
  expect(await copiedText(page, 'curl')).toBe(curlSample(long))
})

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('axe finds no violation, before and after an answer', async () => {
    const { page } = await visit({ colorScheme })
    const violations = async () => {
      const results = (await page.evaluate(`${AXE}; axe.run(document, { resultTypes: ['violations'] })`)) as {
        violations: { id: string; nodes: { html: string; failureSummary: string }[] }[]
      }
      return results.violations.map(({ id, nodes }) => [
        id,
        ...nodes.map(({ failureSummary, html }) => `${html} ${failureSummary}`),
      ])
    }
    await groups(page).nth(0).fill('a,b')
    await page.getByLabel('Headers of your call').fill('App-Key: k\nSignature: x')
    await page.getByRole('button', { name: 'Copy command' }).waitFor()
    expect(await violations()).toEqual([])
    await send(page)
    expect(await violations()).toEqual([])
    await addGroups(page, 'a', 'b', 'c')
    await page.getByRole('radio', { name: 'curl' }).check()
    expect(await violations()).toEqual([])
    await page.getByRole('button', { name: 'Remove toGroupId 4' }).click()
    await page.getByRole('checkbox', { name: /wrong secret/ }).check()
    await send(page)
    expect(await violations()).toEqual([])
  })
})

/** Everything on the page that a user can press or fill in, with its name, and the point in its middle. */
const controlsOf = (page: Page) =>
  page.locator(':is(button, summary, select, input, textarea):visible').evaluateAll((all) =>
    all
      .filter((element) => element.closest('main'))
      .map((element) => {
        const { labels } = element as HTMLInputElement
        const name = element.getAttribute('aria-label') ?? labels?.[0]?.textContent ?? element.textContent
        return { tag: element.localName, name: (name ?? '').trim() }
      }),
  )

/** Brings a control into view, marks it, and says what lies at its middle: itself, or what covers it. */
async function middleOf(page: Page, index: number) {
  const control = page.locator('main :is(button, summary, select, input, textarea):visible').nth(index)
  return control.evaluate((element) => {
    document.querySelector('[data-marked]')?.removeAttribute('data-marked')
    element.setAttribute('data-marked', '')
    element.scrollIntoView({ block: 'center' })
    const { left, top, width, height } = element.getBoundingClientRect()
    const [x = 0, y = 0] = [left + width / 2, top + height / 2]
    const found = document.elementFromPoint(x, y)
    const isFree = found !== null && (element.contains(found) || found.contains(element))
    return { x, y, covering: isFree ? '' : `${found?.localName} ${found?.className}` }
  })
}

/** Presses a control with the mouse. @returns whether it was this control that got the click */
async function pressAt(page: Page, index: number): Promise<boolean> {
  const { x, y } = await middleOf(page, index)
  await page.mouse.click(x, y)
  return page.evaluate(() => document.body.dataset['pressed'] === 'marked')
}

/** Records for each click whether it went to the marked control. */
const recordClicks = (page: Page) =>
  page.evaluate(() => {
    const record = ({ target }: Event) => {
      const marked = target instanceof Element && target.closest('[data-marked]') !== null
      document.body.dataset['pressed'] = marked ? 'marked' : 'other'
    }
    addEventListener('pointerdown', record, { capture: true })
  })

describe.each([
  { width: 1280, height: 720 },
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
])('at $width×$height', (viewport) => {
  test('nothing covers a control, and a mouse presses every button, before and after sending', async () => {
    const { page } = await visitTwoGroups({ ...CLIPBOARD, viewport })
    await page.getByLabel('Headers of your call').fill('App-Key: k')
    await page.getByRole('button', { name: 'Copy command' }).waitFor()
    await recordClicks(page)
    /** Looks at every control, and presses those that are pressed and leave the others in their places. */
    const pressAll = async () => {
      const controls = await controlsOf(page)
      expect(controls.length).toBeGreaterThan(25)
      const missed: string[] = []
      for (const [i, { tag, name }] of controls.entries()) {
        const isPressed = /^(button|input)$/.test(tag) && !/^(Remove|Add|Fill in|Clear|Send$|Send \d)/.test(name)
        if (isPressed && !(await pressAt(page, i))) missed.push(name)
        const { covering } = await middleOf(page, i)
        if (covering) missed.push(`${name}: covered by ${covering}`)
      }
      expect(missed).toEqual([])
    }
    const press = async (name: RegExp) => {
      const index = (await controlsOf(page)).findIndex((control) => name.test(control.name))
      expect([name, await pressAt(page, index)]).toEqual([name, true])
    }
    await pressAll()
    await press(/^Add toGroupId/)
    expect(await groups(page).count()).toBe(3)
    await press(/^Remove toGroupId 3/)
    expect(await groups(page).count()).toBe(2)
    await press(/^Send$/)
    // One of the buttons signs with a wrong secret.
    await page.waitForFunction(() => /HTTP 401/.test(document.querySelector('.pg-headline')?.textContent ?? ''))
    await pressAll()
    await press(/^Fill in again/)
    await press(/^Send \d+ at once/)
    await page.waitForFunction(() => /calls accepted/.test(document.querySelector('.pg-headline')?.textContent ?? ''))
    await press(/^Clear/)
    expect(await page.getByLabel('Headers of your call').inputValue()).toBe('')
  })
})

test('every control can be reached with the keyboard, in the order of the page', async () => {
  const { page } = await visit()
  const controls = await page
    .locator('main :is(button, summary, select, input:not([type=radio]), textarea):visible')
    .evaluateAll((all) =>
      all.map((element, i) => {
        element.setAttribute('data-order', String(i))
        return i
      }),
    )
  await page.locator('[data-order="0"]').focus()
  const reached = [0]
  for (let i = 0; i < controls.length + 20 && reached.length < controls.length; i++) {
    await page.keyboard.press('Tab')
    const order = await page.evaluate(() => document.activeElement?.getAttribute('data-order'))
    if (order !== null && order !== undefined) reached.push(Number(order))
  }
  expect(reached).toEqual(controls)
})

test('shows the whole request above the button on a small laptop, and the names of examples on a phone', async () => {
  const { page } = await visit({ viewport: { width: 1024, height: 768 } })
  const code = await page.locator('.pg-request pre').evaluate((pre) => pre.scrollHeight - pre.clientHeight)
  expect(code).toBe(0)
  const button = await page.getByRole('button', { name: 'Send', exact: true }).boundingBox()
  expect((button?.y ?? 0) + (button?.height ?? 0)).toBeLessThan(768)
  await page.setViewportSize({ width: 390, height: 844 })
  const room = await page.getByLabel('Start from an example').evaluate((select: HTMLSelectElement) => {
    const text = document.createElement('span')
    text.style.font = getComputedStyle(select).font
    const widths = [...select.options].map(({ label }) => {
      text.textContent = label
      document.body.append(text)
      return text.offsetWidth
    })
    text.remove()
    // The arrow and the padding take about 44 pixels.
    return select.clientWidth - 44 - Math.max(...widths)
  })
  expect(room).toBeGreaterThanOrEqual(0)
})

test('fits a window of 320 pixels, even with long words', async () => {
  const { page } = await visit({ viewport: { width: 320, height: 640 } })
  await content(page).fill('W'.repeat(500))
  await type(page).fill('W'.repeat(40))
  await send(page)
  for (const view of ['HTTP', 'Python']) {
    await page.getByRole('radio', { name: view }).check()
    expect([view, await page.evaluate(() => document.documentElement.scrollWidth)]).toEqual([view, 320])
  }
})

/** Bytes that each further operation may add. */
const BYTES_PER_OPERATION = 3_000

test('weighs at most 70 kB compressed until it is used, and 3 kB more for each further operation', async () => {
  const { page, requests } = await visit()
  const weightOf = async (paths: readonly string[]) => {
    const files = new Set(paths.filter((one) => !one.includes('/mock/')))
    const sizes = [...files].map(async (file) => {
      const path = file.replace(/[?#].*/, '')
      return gzipSync(await readFile(join(folder, path.endsWith('/') ? `${path}index.html` : path))).length
    })
    return (await Promise.all(sizes)).reduce((sum, size) => sum + size)
  }
  await page.waitForLoadState('networkidle')
  const opened = await weightOf(requests)
  await send(page)
  const used = await weightOf([...requests, 'playground/mockServiceWorker.js'])
  console.log(`the playground: ${opened} bytes, gzipped; with MSW, after the first call: ${used}`)
  const more = (operationIds.length - 1) * BYTES_PER_OPERATION
  expect(opened).toBeGreaterThan(40_000)
  expect(opened).toBeLessThanOrEqual(70_000 + more)
  expect(used).toBeLessThanOrEqual(115_000 + more)
})

/** The playground and its stylesheet, without the reference. */
const playgroundAlone = async (site: Site) => mergeFiles([await playgroundFiles(site), await contentFiles(site)])

describe.each([
  { name: 'together with the first', paths: ['statusmessage_group_publish', 'cursor_move', 'odd'] },
  { name: 'alone, in a contract without message types', paths: ['cursor_move'] },
])('made-up operations $name', ({ paths }) => {
  let built: BuiltSite
  beforeAll(async () => {
    const copy = await copyProject()
    const file = join(copy.folder, 'spec/openapi.yaml')
    await cp(join(ROOT, 'test/support/operations/paths'), join(copy.folder, 'spec/paths'), { recursive: true })
    const spec = (await readFile(file, 'utf8')).replace(/^paths:\n[\s\S]*?^(?=\w)/m, () =>
      ['paths:', ...paths.map((one) => `  /${one.replace('_', '/')}.json:\n    $ref: paths/${one}.yaml`), ''].join(
        '\n',
      ),
    )
    await writeFile(file, spec)
    expect(await generate(copy.folder)).toMatchObject({ code: 0, stderr: '' })
    built = await buildSite(copy.folder, playgroundAlone)
    // Scripts and stylesheets of all pages are those of the site.
    await cp(join(folder, 'assets'), join(built.folder, 'assets'), { recursive: true })
    await copy.remove()
  }, 120_000)
  afterAll(() => built?.remove())

  const choose = async (page: Page, id: string) => {
    if (paths.length > 1) await page.getByLabel('Operation', { exact: true }).selectOption(id)
  }

  test('have forms of their own, with numbers, choices and required headers', async () => {
    const { page } = await visit(CLIPBOARD, built.folder)
    await choose(page, 'moveCursor')
    const names = await page.locator('.pg-fields code:first-child').allTextContents()
    expect(names).toEqual(['cursor', 'viewerId', 'x', 'scale', 'X-Board'])
    expect(await page.getByText('of 7 calls in the last 500 ms. This call costs 2.').isVisible()).toBe(true)
    expect(await send(page)).toBe('Accepted (HTTP 200)')
    expect(await answered(page)).toMatchObject({
      state: 'moved',
      cursor: 'pen',
      receipts: [{ viewer: 7 }, { viewer: 8 }],
    })
    expect(await copiedText(page, 'HTTP')).toMatch(
      /^POST \/cursor\/move\.json [\s\S]*\nX-Board: red\n[\s\S]*viewerId=7&viewerId=8&/,
    )
    expect(await copiedText(page, 'curl')).toContain("-H 'X-Board: red'")
  })

  test('can be chosen, even one whose fields are named like properties of every object', async () => {
    const { page } = await visit({}, built.folder)
    const ids = await page
      .getByLabel('Operation', { exact: true })
      .locator('option')
      .evaluateAll((all) => all.map((one) => (one as HTMLOptionElement).value))
    expect(ids).toEqual(paths.length > 1 ? ['sendGroupStatusMessage', 'moveCursor', 'sendOddities'] : [])
    for (const id of ids) {
      await choose(page, id)
      expect([id, await send(page)]).toEqual([id, expect.stringMatching(/^Accepted/)])
    }
    if (!ids.includes('sendOddities')) return
    await page.getByLabel(/^flag/).selectOption('1')
    await page.getByRole('textbox', { name: /^constructor/ }).fill('x')
    expect(await send(page)).toBe('Accepted (HTTP 202)')
    const { page: linked } = await visit({ hash: '#sendOddities?tags=1' }, built.folder)
    expect(await send(linked)).toBe('Accepted (HTTP 202)')
    expect(await linked.getByRole('textbox', { name: /^constructor/ }).inputValue()).toBe('')
  })

  test('have limits of their own, and errors at their own fields', async () => {
    const { page } = await visit({}, built.folder)
    await choose(page, 'moveCursor')
    await page.getByRole('button', { name: 'Remove viewerId 2' }).click()
    await page.getByRole('textbox', { name: /^x / }).fill('0x1')
    await page.getByLabel(/^X-Board/).selectOption('')
    expect(await send(page)).toBe('Not sent: off the contract')
    expect(await errorMessages(page)).toEqual([
      'viewerId: at least 2 viewers, got 1 minItems',
      'x: an integer, got "0x1" type',
      'x-board: required, got nothing required',
    ])
    await disableValidation(page)
    expect(await send(page)).toBe('Refused: A wrong move (HTTP 400, code 7001)')
    await page.getByRole('button', { name: 'Fill in again' }).click()
    await page.getByRole('textbox', { name: 'viewerId 1' }).fill('9')
    await page.getByLabel(/^X-Board/).selectOption('blue')
    await page.getByRole('button', { name: 'Remove viewerId 2' }).click()
    await page.getByRole('button', { name: 'Add viewerId' }).click()
    await page.keyboard.type('5')
    await page.getByLabel('Answer with').selectOption('cursorTaken')
    expect(await send(page)).toBe('Refused: Somebody else has the cursor (HTTP 409, code 7009)')
    await page.waitForURL(
      /#moveCursor\?~size=\d+&cursor=pen&viewerId=9&viewerId=5&.*~header\.X-Board=blue&.*~answer=cursorTaken/,
    )
  })
})
