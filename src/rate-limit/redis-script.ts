/**
 * The limiter's rule as one Lua script on the clock of Redis or Valkey, so that any number of processes share it.
 *
 * A waiting call has its place in the log from the start, at the time it may go; when that time has come it asks again
 * (`go`), so that nothing is let through by a Redis that is gone, and a process that wakes late is counted when it goes.
 *
 * KEYS: the log (sorted set: `id:cost` by time), the end of a pause, the time since which the data can be trusted.
 * ARGV: command, id, cost, limit, window (ms), gap (ms a message), longest wait (ms), delay (ms), warm-up (ms).
 * Answers: `{ 'ok', wait }`, `{ 'late', wait }`, `{ 'warming', wait }`; times in milliseconds.
 *
 * @module
 */
export const SCRIPT = `
local log, paused, since = KEYS[1], KEYS[2], KEYS[3]
local command, id, cost = ARGV[1], ARGV[2], tonumber(ARGV[3])
local limit, window, gap = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local longest, delay, warmup = tonumber(ARGV[7]), tonumber(ARGV[8]), tonumber(ARGV[9])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + tonumber(time[2]) / 1000
local member = id .. ':' .. cost

if command == 'leave' then return { 'ok', redis.call('ZREM', log, member) } end
if command == 'pause' then
  local till = math.max(now + delay, tonumber(redis.call('GET', paused) or 0))
  redis.call('SET', paused, string.format('%.3f', till), 'PX', math.ceil(till - now) + 1)
  return { 'ok', 0 }
end

-- A server that has just started has lost what went before: it is trusted only after a while, the same for all.
local uptime = tonumber(redis.call('INFO', 'server'):match('uptime_in_seconds:(%d+)')) * 1000
local trusted = tonumber(redis.call('GET', since) or 0)
if uptime < warmup and trusted < now - uptime - 1000 then
  trusted = now + warmup
  redis.call('SET', since, string.format('%.3f', trusted), 'PX', math.ceil(warmup + window) + 1000)
end
if now < trusted then return { 'warming', math.ceil(trusted - now) } end
if command == 'probe' then return { 'ok', 0 } end

redis.call('ZREMRANGEBYSCORE', log, '-inf', string.format('%.3f', now - window))
local earliest = math.max(now + delay, tonumber(redis.call('GET', paused) or 0))
if trusted > 0 then earliest = math.max(earliest, trusted + window) end

local places, at, sum
if command == 'go' then
  -- Those that went, newest first; those in line behind do not count against this one.
  redis.call('ZREM', log, member)
  places = redis.call('ZREVRANGEBYSCORE', log, string.format('%.3f', now), '-inf', 'WITHSCORES')
  at = earliest
else
  places = redis.call('ZREVRANGE', log, 0, limit, 'WITHSCORES')
  at = earliest
  if places[1] then at = math.max(at, tonumber(places[2]) + gap * tonumber(places[1]:match(':(%d+)$'))) end
end
sum = cost
for i = 1, #places, 2 do
  sum = sum + tonumber(places[i]:match(':(%d+)$'))
  if sum > limit then
    at = math.max(at, tonumber(places[i + 1]) + window)
    break
  end
end
local wait = math.max(0, at - now)
if wait > longest then return { 'late', math.ceil(wait) } end
redis.call('ZADD', log, string.format('%.3f', at), member)
redis.call('PEXPIRE', log, math.ceil(math.max(wait + window, redis.call('PTTL', log))) + 1000)
return { 'ok', math.ceil(wait) }
`
