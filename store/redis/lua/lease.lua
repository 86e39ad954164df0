-- Gives a part to a holder for so many milliseconds, unless another has it.

local part = key()
local holder, last = arg(), number()

local has = redis.call('GET', part)
if has and has ~= holder then return 0 end
if last < 1 then
	redis.call('DEL', part)
	return 0
end
redis.call('SET', part, holder, 'PX', last)
return 1
