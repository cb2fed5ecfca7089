/**
 * The rule of the limiter as one Lua script on the clock of Redis or Valkey, so that any number of processes share it.
 *
 * One key, a sorted set, so that nothing can be lost in part. Its members, by time in milliseconds:
 *
 * - `g<id>:<cost>`: a call that went. Only these count against the limit.
 * - `w<id>:<cost>`: a call that waits, at the time when it may go. Then it asks again (`go`), so nothing goes while Redis is
 *   gone; one that does not ask has no claim to its place for long.
 * - `since`, `clock`, `pause`, with negative times: when the record began, the last time seen, the end of a pause.
 *
 * The record is true only when nothing is missing from it. It is begun anew, and nobody goes for a window, when it is not
 * there (a new Redis, FLUSHALL, an evicted key, a failover to an empty instance), when it is older than what a process
 * has seen of it (a failover to a replica behind, a snapshot), and when the clock of Redis was set.
 *
 * KEYS: the record. ARGV: command (`take`, `go`, `probe`, `pause`, `leave`), id, cost, limit, window, spacing and longest
 * spacing, longest wait, delay, time in which all processes find a new record; then what the process knows of the record:
 * since when it is, the last time seen, the earliest and latest time that it can be now.
 * Returns state (`ok`, `late`, `new`), wait, since, now.
 *
 * Commands needed: EVAL, TIME, ZADD, ZREM, ZSCORE, ZREMRANGEBYSCORE, ZREVRANGEBYSCORE, PEXPIRE. Each command of the limiter
 * writes, a probe as well: a Redis that can be read and not written is of no use.
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
local function own(name) return -tonumber(redis.call('ZSCORE', log, name) or 0) end

if command == 'leave' then return { 'ok', redis.call('ZREM', log, waiting, gone), 0, 0 } end

local since, seen = own('since'), own('clock')
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
  add(-math.max(now + delay, own('pause')), 'pause')
  return result('ok', 0)
end
if now < since + finding then return result('new', since + finding - now) end
redis.call('ZREMRANGEBYSCORE', log, '(0', string.format('%.3f', now - window))
local earliest = math.max(now + delay, own('pause'), since + finding + window)
if command == 'go' and redis.call('ZREM', log, waiting) == 0 then command = 'take' end

-- When a call may go behind these places: newest first, member and time in turn; those of calls that vanished are given up.
local function after(places, most, spaced)
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
-- Whatever the line says: nobody goes unless those that went leave room.
if at <= now then
  at = after(redis.call('ZREVRANGEBYSCORE', log, string.format('%.3f', now + tolerance), '(0', 'WITHSCORES'), false)
end
local wait = math.max(0, at - now)
if wait > longest then return result('late', wait) end
add(math.max(at, now), wait > 0 and waiting or gone)
if command == 'probe' then redis.call('ZREM', log, waiting, gone) end
return result('ok', wait)
`
