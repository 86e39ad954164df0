-- Does once, however often it is brought, what a change that was written elsewhere makes of the
-- slots of a holder: books what was secured, or gives up what was held or booked before.

local slots, brought = key(), key()
local id, holder, booked, window = arg(), arg(), arg(), number()

local now = clock()
if redis.call('ZADD', brought, 'NX', now, id) == 0 then return 0 end
forget(brought, now - window)
redis.call('HDEL', slots, holder .. '.h', holder .. '.b')
if booked ~= '' then
	redis.call('HDEL', slots, holder .. '.p')
	redis.call('HSET', slots, holder .. '.b', booked)
end
return 1
