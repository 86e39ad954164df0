-- Holds a slot, or secures one that is to be booked, unless another has one in its lane that is
-- in the way. What is secured becomes booked by settle.lua once the change is written; it lapses
-- if that was not written in time.
--
-- Returns {'ok', now} or {'taken'}; or {'unsure', part, id, record} for a record that stood in
-- the way and may have been booked: what the part has still to bring decides, and when that has
-- been brought the record is given as known.

local slots = key()
local at, last, over = number(), number(), number()
local holder, lane, from, to, booked = arg(), arg(), number(), number(), arg() == '1'
local head, part, sealed = arg(), arg(), arg()
local known = {}
for _, k in ipairs(list(function() return {id = arg(), record = arg()} end)) do known[k.id] = k.record end

local now = clock()

local function drop(id) redis.call('HDEL', slots, id) end

local all = redis.call('HGETALL', slots)
for i = 1, #all, 2 do
	local id, record = all[i], all[i + 1]
	local whose, kind = string.match(id, '^(.*)%.(%a)$')
	local its_lane, since, ends, hold, deadline, its_part = string.match(record, '^(%d+) (%d+) (%d+) (%d+) (%d+) (%d+) ')
	since, ends, hold, deadline = tonumber(since), tonumber(ends), tonumber(hold), tonumber(deadline)
	local mine = whose == holder
	local in_the_way = its_lane == lane and since < to and ends > from
	if mine and kind == 'p' and booked then in_the_way = its_lane ~= lane or since ~= from or ends ~= to end
	if kind == 'p' and in_the_way and (not mine or booked) then
		if known[id] ~= record and (mine or deadline <= now) then return {'unsure', its_part, id, record} end
		if deadline > now then return {'taken'} end
		drop(id)
	elseif in_the_way and not mine and (kind == 'b' or kind == 'h' and hold > at) then
		return {'taken'}
	elseif kind ~= 'p' and ends < over then
		drop(id)
	end
end

if booked then
	redis.call('HSET', slots, holder .. '.p', head .. ' ' .. text(now + last) .. ' ' .. part .. ' ' .. sealed)
else
	redis.call('HSET', slots, holder .. '.h', head .. ' 0 ' .. part .. ' ' .. sealed)
end
return {'ok', text(now)}
