-- Forgets what is named, keeps a line of audit, and counts. A conversation must be at its version, and
-- the chains of the audit must end where they did: or else {'conflict'} or {'gone on'}.

local conversation, referral, open, count, timer, timers = key(), key(), key(), key(), key(), key()
local due, lease, queue, shown, standing, aside, audited, tally = key(), key(), key(), key(), key(), key(), key(), key()
local known, traits_of = key(), key()
local chat, expected, ref, destination = arg(), arg(), arg(), arg()
local owners = list(arg) -- whose timers go, and what was set aside of whom
local chains = list(function() return {audit = key(), ref = arg(), head = arg(), links = list(arg)} end)
local tallies = list(arg)

local function drop_timers(owner)
	for _, id in ipairs(redis.call('ZRANGE', timers, 0, -1)) do
		if string.match(id, '^[^.]+') == owner then
			redis.call('ZREM', timers, id)
			redis.call('HDEL', timer, id)
		end
	end
end

local function drop_asides(owner)
	for _, what in ipairs(redis.call('ZRANGE', aside, 0, -1)) do
		if string.match(what, '^%S+ %S+ (%S+)') == owner then redis.call('ZREM', aside, what) end
	end
end

if chat ~= '' and version(redis.call('HGET', conversation, chat)) ~= expected then return {'conflict'} end
if gone_on(chains) then return {'gone on'} end

if chat ~= '' then redis.call('HDEL', conversation, chat) end
if ref ~= '' then know(known, traits_of, ref, {}) end
local record = ref ~= '' and redis.call('HGET', referral, ref)
if record then
	redis.call('HINCRBY', count, string.match(record, '^%d+ (%S+)'), -1)
	redis.call('HDEL', referral, ref)
	redis.call('ZREM', open, ref)
end
for _, owner in ipairs(owners) do
	drop_timers(owner)
	drop_asides(owner)
end
if destination ~= '' then
	free(due, lease, destination)
	redis.call('DEL', queue, shown, standing)
end
for _, c in ipairs(chains) do extend(c, audited) end
for _, what in ipairs(tallies) do redis.call('HINCRBY', tally, what, 1) end
return {'erased'}
