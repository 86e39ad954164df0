-- Puts a record that was sealed anew in place of the old, if the old is still there.

local at = key()
local kind, id, old, new = arg(), arg(), arg(), arg()

if kind == 'hash' then
	if redis.call('HGET', at, id) ~= old then return 0 end
	redis.call('HSET', at, id, new)
	return 1
end
if kind == 'zset' then
	local when = redis.call('ZSCORE', at, old)
	if not when then return 0 end
	redis.call('ZREM', at, old)
	redis.call('ZADD', at, when, new)
	return 1
end
local index = redis.call('LPOS', at, old)
if not index then return 0 end
redis.call('LSET', at, index, new)
return 1
