-- Writes a change, whole or not at all. All is read and checked before the first write,
-- because nothing that a script has done is ever undone.
--
-- Returns {'written', fence of each queue, target of each delivery, what stands where the
-- first delivery of a queue clears}: a fence is that of the first delivery of a queue that
-- was leased, '0' if it was not. Or {'duplicate'} or {'conflict'}, or {'late'} if it
-- comes too late for the slot that was secured for it, or {'gone on'} if a chain of the
-- audit no longer ends where it did. The same commit made again, as after a reply that was
-- lost, gets the reply it got the first time.

local did, heard, conversation, referral = key(), key(), key(), key()
local open, count, timer, timers = key(), key(), key(), key()
local due, lease, fence, relay, aside, audited, tally = key(), key(), key(), key(), key(), key(), key()
local known, traits_of = key(), key()

local at, leased, window, kept, most, aside_kept = number(), number(), number(), number(), number(), number()
local before = number()

local inputs = list(arg)
local fired = list(function() return {id = arg(), at = number()} end)
local talks = list(function() return {id = arg(), version = arg(), next = arg(), sealed = arg()} end)
local families = list(function()
	return {id = arg(), version = arg(), next = arg(), status = arg(), due = arg(), open = arg() == '1', sealed = arg(), traits = list(arg)}
end)
local roster = key()
local rosters = list(function() return {version = arg(), next = arg(), sealed = arg()} end)
local set = list(function() return {id = arg(), at = arg(), sealed = arg()} end)
local chains = list(function() return {audit = key(), ref = arg(), head = arg(), links = list(arg)} end)
local stood = list(function() return {standing = key(), ids = list(arg)} end)
local put_aside = list(function() return {at = arg(), what = arg()} end)
local tallies = list(arg)
local away = list(arg)
local queues = list(function()
	return {
		destination = arg(), queue = key(), shown = key(), standing = key(),
		clears = arg() == '1', chain = number(),
		items = list(function() return {edits = arg(), item = arg()} end),
	}
end)

local done = redis.call('GET', did)
if done then return cmsgpack.unpack(done) end

-- duplicate is written too: replicas confirm what a connection has written, and have then
-- all that came before it.
local function duplicate()
	local reply = {'duplicate'}
	redis.call('SET', did, cmsgpack.pack(reply), 'PX', 60000)
	return reply
end

for _, input in ipairs(inputs) do
	if redis.call('ZSCORE', heard, input) then return duplicate() end
end
for _, t in ipairs(fired) do
	if tonumber(redis.call('ZSCORE', timers, t.id)) ~= t.at then return duplicate() end
end
for _, c in ipairs(talks) do
	if version(redis.call('HGET', conversation, c.id)) ~= c.version then return {'conflict'} end
end
for _, r in ipairs(families) do
	local record = redis.call('HGET', referral, r.id)
	if version(record) ~= r.version then return {'conflict'} end
	r.was = record and string.match(record, '^%d+ (%S+)')
end
for _, r in ipairs(rosters) do
	if version(redis.call('HGET', roster, 'roster')) ~= r.version then return {'conflict'} end
end
if before > 0 and clock() > before then return {'late'} end
if gone_on(chains) then return {'gone on'} end
for _, q in ipairs(queues) do
	q.idle = redis.call('LLEN', q.queue) == 0
end

local now = clock()

for _, input in ipairs(inputs) do redis.call('ZADD', heard, now, input) end
forget(heard, now - window)
for _, t in ipairs(fired) do
	redis.call('ZREM', timers, t.id)
	redis.call('HDEL', timer, t.id)
end
for _, c in ipairs(talks) do
	redis.call('HSET', conversation, c.id, c.next .. ' ' .. c.sealed)
end
for _, r in ipairs(families) do
	redis.call('HSET', referral, r.id, r.next .. ' ' .. r.status .. ' ' .. r.due .. ' ' .. r.sealed)
	know(known, traits_of, r.id, r.traits)
	if r.was then redis.call('HINCRBY', count, r.was, -1) end
	redis.call('HINCRBY', count, r.status, 1)
	if r.open then
		redis.call('ZADD', open, r.due, r.id)
	else
		redis.call('ZREM', open, r.id)
	end
end
for _, r in ipairs(rosters) do redis.call('HSET', roster, 'roster', r.next .. ' ' .. r.sealed) end
for _, t in ipairs(set) do
	redis.call('ZADD', timers, t.at, t.id)
	redis.call('HSET', timer, t.id, t.sealed)
end
for _, c in ipairs(chains) do extend(c, audited) end
for _, s in ipairs(stood) do stand(s.standing, s.ids, now, kept, most) end
for _, a in ipairs(put_aside) do set_aside(aside, a.at, a.what, now, aside_kept) end
for _, what in ipairs(tallies) do redis.call('HINCRBY', tally, what, 1) end
for _, what in ipairs(away) do redis.call('RPUSH', relay, what) end

local fences, targets, standing = {}, {}, {}
for i, q in ipairs(queues) do
	local leases = q.idle and q.chain > 0 and leased > 0 and at <= now
	fences[i], standing[i] = '0', {}
	if leases then
		fences[i] = text(redis.call('HINCRBY', fence, q.destination, q.chain) - q.chain + 1)
		redis.call('HSET', lease, q.destination, fences[i])
		redis.call('ZADD', due, now + leased, q.destination)
		if q.clears then standing[i] = standing_now(q.standing, now, kept, most) end
		q.items[1].item = begun(q.items[1].item, now)
	elseif q.idle then
		redis.call('ZADD', due, at, q.destination)
	end
	for n, d in ipairs(q.items) do
		targets[#targets + 1] = leases and n <= q.chain and latest(q.shown, d.edits) or ''
		redis.call('RPUSH', q.queue, d.item)
	end
end

local reply = {'written', fences, targets, standing}
redis.call('SET', did, cmsgpack.pack(reply), 'PX', 60000)
return reply
