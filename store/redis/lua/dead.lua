-- Takes the head off a destination and sets it aside, as it is sealed. Returns 0 if the
-- lease is another's, 2 if more waits there to be taken, and else 1.

local due, lease, queue, aside = key(), key(), key(), key()
local destination, fence, kept, cause, aside_kept = arg(), arg(), arg() == '1', arg(), number()

if not held(lease, destination, fence) then return 0 end

local now = clock()
local record, sealed = string.match(redis.call('LINDEX', queue, 0), '^%d+ %d+ %d+ (%S+) %S* %d (.*)$')
local more = advance(due, lease, queue, destination, kept, now)
set_aside(aside, now, table.concat({'delivery', record, destination, cause, sealed}, ' '), now, aside_kept)
return more and 2 or 1
