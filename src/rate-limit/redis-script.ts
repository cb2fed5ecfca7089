/**
 * The rule of the limiter as a Lua script. It uses the clock of Redis or Valkey, so that all processes share one clock.
 *
 * The record of calls is one key, a sorted set, so that it is lost completely or not at all. Members have a time in
 * milliseconds as their score:
 *
 * - `g<id>:<cost>`: a call that has started. Only these count against the limit.
 * - `w<id>:<cost>`: a waiting call, at the time when it may start. At that time the process must ask again (`go`), so no call
 *   starts while Redis is down. A place expires soon if its process does not ask again.
 * - `since`, `clock`, `pause`, with negative times: when the record began, the last time seen, the end of a pause.
 *
 * The record is useful only if no call is missing from it. So the script begins a new record, and lets no call start for one
 * window, in three cases: there is no record (a new Redis, FLUSHALL, an evicted key, a failover to an empty instance); the
 * record is older than what a process has seen (a failover to a replica that lags behind, a snapshot); the clock of Redis
 * was changed.
 *
 * KEYS: the record. ARGV: command (`take`, `go`, `probe`, `pause`, `leave`), id, cost, limit, window, spacing, longest
 * spacing, longest wait, length of a pause, time in which all processes notice a new record; then what the process knows
 * about the record: when it began, the last time seen, the earliest and the latest time that it can be now.
 * Returns state (`ok`, `late`, `new`), wait, since, now.
 *
 * Commands needed: EVAL, TIME, ZADD, ZREM, ZSCORE, ZREMRANGEBYSCORE, ZREVRANGEBYSCORE, PEXPIRE. Every command of the limiter
 * writes, also `probe`, because the limiter cannot work with a Redis that is read-only.
 *
 * @module
 */
export const SCRIPT = `
local log, command, id = KEYS[1], ARGV[1], ARGV[2]
local n = {}
for i = 3, #ARGV do n[i] = tonumber(ARGV[i]) end
local cost, limit, window, spacing, maxspacing = n[3], n[4], n[5], n[6], n[7]
local longest, delay, finding = n[8], n[9], n[10]
local known, last, least, most = n[11], n[12], n[13], n[14]
local tolerance, unclaimed, life = 100, 500, 7 * 24 * 3600 * 1000
local waiting, gone = 'w' .. id .. ':' .. cost, 'g' .. id .. ':' .. cost

local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local tick = math.floor(now)
local function add(at, member) redis.call('ZADD', log, string.format('%.3f', at), member) end
local function stored(name) return -tonumber(redis.call('ZSCORE', log, name) or 0) end

if command == 'leave' then return { 'ok', redis.call('ZREM', log, waiting, gone), 0, 0 } end

local since, seen = stored('since'), stored('clock')
local function result(state, wait) return { state, math.ceil(wait), since, tick } end
local stepped = now < seen - tolerance or (since == known and (now < least - tolerance or now > most + tolerance))
if since == 0 or since < known or (since == known and seen < last) or stepped then
  redis.call('ZREMRANGEBYSCORE', log, '-inf', '+inf')
  since, seen = tick, 0
  add(-since, 'since')
end
add(-math.max(tick, seen), 'clock')
redis.call('PEXPIRE', log, math.ceil(life + 2 * window))

if command == 'pause' then
  add(-math.max(now + delay, stored('pause')), 'pause')
  return result('ok', 0)
end
if now < since + finding then return result('new', since + finding - now) end
redis.call('ZREMRANGEBYSCORE', log, '(0', string.format('%.3f', now - window))
local earliest = math.max(now + delay, stored('pause'), since + finding + window)
if command == 'go' and redis.call('ZREM', log, waiting) == 0 then command = 'take' end

-- When a call may start after these members, which come newest first as member, score, member, score. Removes expired places.
local function after(places, spaced)
  local at, sum = earliest, cost
  for i = 1, #places, 2 do
    local member, score = places[i], tonumber(places[i + 1])
    local price = tonumber(member:match(':(%d+)$'))
    local waits = member:sub(1, 1) == 'w'
    if waits and score < now - unclaimed then
      redis.call('ZREM', log, member)
    elseif spaced or not waits then
      if spaced and sum == cost then at = math.max(at, score + math.min(price * spacing, maxspacing)) end
      sum = sum + price
      if sum > limit then return math.max(at, score + window) end
    end
  end
  return at
end

local at = now
if command ~= 'go' then
  at = after(redis.call('ZREVRANGEBYSCORE', log, '+inf', '(0', 'WITHSCORES', 'LIMIT', 0, limit + 1), true)
end
-- Whatever the places say: a call starts only if the started calls alone leave enough of the limit.
if at <= now then
  at = after(redis.call('ZREVRANGEBYSCORE', log, string.format('%.3f', now + tolerance), '(0', 'WITHSCORES'), false)
end
local wait = math.max(0, at - now)
if wait > longest then return result('late', wait) end
add(math.max(at, now), wait > 0 and waiting or gone)
if command == 'probe' then redis.call('ZREM', log, waiting, gone) end
return result('ok', wait)
`
