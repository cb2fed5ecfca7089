import { keys } from './mock.js'
import { send, TYPING, textMessage } from './send.js'

const MOST_ROOMS = 3

const form = document.querySelector('form')
const output = document.querySelector('output')

form.addEventListener('submit', async (event) => {
  event.preventDefault()
  output.textContent = ''
  const { rooms, text } = Object.fromEntries(new FormData(form))
  const status = event.submitter.name === 'typing' ? TYPING : textMessage(text)
  const all = rooms.split(' ')
  const reached = []
  for (let i = 0; i < all.length; i += MOST_ROOMS) {
    const { messageUIDs = [] } = await send(status, all.slice(i, i + MOST_ROOMS), keys)
    reached.push(...messageUIDs.map(({ groupId }) => groupId))
  }
  output.textContent = `reached: ${reached.join(' and ')}`
})
