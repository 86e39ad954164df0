-- Appends a delivery that was committed in another partition, once, however often it is
-- brought.

local due, queue, brought = key(), key(), key()
local destination, id, item, window = arg(), arg(), arg(), number()

local now = clock()
if redis.call('ZADD', brought, 'NX', now, id) == 0 then return 0 end
forget(brought, now - window)
if redis.call('LLEN', queue) == 0 then redis.call('ZADD', due, due_at(item), destination) end
redis.call('RPUSH', queue, item)
return 1
