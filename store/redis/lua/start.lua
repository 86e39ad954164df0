-- Notes that an attempt at the head of a destination begins. Returns 0 if the lease is
-- another's or has run out.

local due, lease, queue = key(), key(), key()
local destination, fence = arg(), arg()

local now = clock()
if not held(lease, destination, fence) then return 0 end
if tonumber(redis.call('ZSCORE', due, destination)) <= now then return 0 end
redis.call('LSET', queue, 0, begun(redis.call('LINDEX', queue, 0), now))
return 1
