-- Takes the head off a destination, as accepted by the platform. Returns 0 if the lease
-- is another's, 2 if more waits there to be taken, and else 1.

local due, lease, queue, shown, standing = key(), key(), key(), key(), key()
local destination, fence, kept = arg(), arg(), arg() == '1'
local name, last, cleared, ids = arg(), arg(), arg(), list(arg)
local stand_kept, most = number(), number()

if not held(lease, destination, fence) then return 0 end

local now = clock()
local more = advance(due, lease, queue, destination, kept, now)
if name ~= '' then
	local ids_of = redis.call('HGET', shown, name)
	redis.call('HSET', shown, name, (ids_of and string.match(ids_of, '^%S+') or last) .. ' ' .. last)
end
local newest = cleared ~= '' and redis.call('ZSCORE', standing, cleared)
if newest then redis.call('ZREMRANGEBYSCORE', standing, '-inf', newest) end
stand(standing, ids, now, stand_kept, most)
return more and 2 or 1
