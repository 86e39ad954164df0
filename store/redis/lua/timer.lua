-- Sets aside a timer that does not open, so that the others go on.

local timer, timers, aside = key(), key(), key()
local id, owner, cause, aside_kept = arg(), arg(), arg(), number()

local record = redis.call('HGET', timer, id)
if not record then return 0 end
local sealed = string.match(record, '^%S+ (.*)$') or record
redis.call('HDEL', timer, id)
redis.call('ZREM', timers, id)
local now = clock()
set_aside(aside, now, table.concat({'timer', id, owner, cause, sealed}, ' '), now, aside_kept)
return 1
