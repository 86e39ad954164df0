-- Leases a destination whose head is due. Returns {fence, head, target of an edit, ids of
-- what stands there if it clears}, or 'early' if it is not due yet, or 'moved' if somebody
-- else has been there since it was looked at.

local due, lease, fence, queue, shown, standing = key(), key(), key(), key(), key(), key()
local destination, seen, last, kept, most = arg(), number(), number(), number(), number()

local now = clock()
if tonumber(redis.call('ZSCORE', due, destination)) ~= seen then return 'moved' end
if seen > now then return 'early' end

local item = redis.call('LINDEX', queue, 0)
local taken = text(redis.call('HINCRBY', fence, destination, 1))
redis.call('HSET', lease, destination, taken)
redis.call('ZADD', due, now + last, destination)

local edits, clears = string.match(item, '^%d+ %d+ %d+ %S+ (%S*) (%d)')
local messages = clears == '1' and standing_now(standing, now, kept, most) or {}
return {taken, item, latest(shown, edits), messages}
