-- What comes before every script. Keys and arguments are read in the order in which they
-- were given. Times are microseconds since 1970, as the server has them.

local given_keys, given_args = 0, 0

local function key()
	given_keys = given_keys + 1
	return KEYS[given_keys]
end

local function arg()
	given_args = given_args + 1
	return ARGV[given_args]
end

local function number() return tonumber(arg()) end

-- list reads a number and as many things.
local function list(read)
	local all = {}
	for i = 1, number() do all[i] = read() end
	return all
end

local function clock()
	local time = redis.call('TIME')
	return time[1] * 1000000 + time[2]
end

-- text is n without an exponent, however great it is.
local function text(n) return string.format('%.0f', n) end

-- version is that of a record, 0 if there is none.
local function version(record) return record and string.match(record, '^%d+') or '0' end

-- due_at is when a delivery that waits was due first.
local function due_at(item) return string.match(item, '^%d+') end

-- begun is item after one more attempt has begun.
local function begun(item, now)
	local at, attempts, first, rest = string.match(item, '^(%d+) (%d+) (%d+) (.*)$')
	if first == '0' then first = text(now) end
	return at .. ' ' .. attempts + 1 .. ' ' .. first .. ' ' .. rest
end

-- held reports whether the lease of a destination is still the one with this fence.
local function held(lease, destination, fence)
	return redis.call('HGET', lease, destination) == fence
end

-- free ends the lease of a destination and has its head wait until at.
local function free(due, lease, destination, at)
	redis.call('HDEL', lease, destination)
	if at then
		redis.call('ZADD', due, at, destination)
	else
		redis.call('ZREM', due, destination)
	end
end

-- advance takes the head off a queue. With kept, and while the lease runs, it goes to the
-- next delivery, which is begun. It returns whether there is more to be taken.
local function advance(due, lease, queue, destination, kept, now)
	redis.call('LPOP', queue)
	local item = redis.call('LINDEX', queue, 0)
	if item and kept and tonumber(redis.call('ZSCORE', due, destination)) > now then
		redis.call('HINCRBY', lease, destination, 1)
		redis.call('LSET', queue, 0, begun(item, now))
		return false
	end
	free(due, lease, destination, item and due_at(item))
	return item and true
end

-- gone_on reports whether a chain of the audit no longer ends with the link that it ended
-- with when what is to follow was made.
local function gone_on(chains)
	for _, c in ipairs(chains) do
		if (redis.call('LINDEX', c.audit, -1) or '') ~= c.head then return true end
	end
	return false
end

-- extend adds to a chain of the audit.
local function extend(chain, audited)
	for _, link in ipairs(chain.links) do redis.call('RPUSH', chain.audit, link) end
	redis.call('SADD', audited, chain.ref)
end

-- know puts the traits by which a referral is known in place of those by which it was: known has
-- who is known by each, and traits_of by what each is.
local function know(known, traits_of, ref, traits)
	local was, is = redis.call('HGET', traits_of, ref) or '', table.concat(traits, ' ')
	if was == is then return end
	for trait in string.gmatch(was, '%S+') do redis.call('ZREM', known, trait .. ' ' .. ref) end
	for _, trait in ipairs(traits) do redis.call('ZADD', known, 0, trait .. ' ' .. ref) end
	if is == '' then
		redis.call('HDEL', traits_of, ref)
	else
		redis.call('HSET', traits_of, ref, is)
	end
end

-- latest is the platform's id of the last message shown under a name, which may be none.
local function latest(shown, name)
	if name == '' then return '' end
	local ids = redis.call('HGET', shown, name)
	return ids and string.match(ids, '%S+$') or ''
end

-- stand notes which messages stand at a destination, in their order, and lets go those
-- that are too old or too many.
local function stand(standing, ids, now, kept, most)
	if #ids == 0 then return end
	local last = redis.call('ZRANGE', standing, -1, -1, 'WITHSCORES')[2]
	local at = math.max(now, (tonumber(last) or 0) + 1)
	for i, id in ipairs(ids) do redis.call('ZADD', standing, at + i, id) end
	redis.call('ZREMRANGEBYSCORE', standing, '-inf', now - kept)
	redis.call('ZREMRANGEBYRANK', standing, 0, -most - 1)
	redis.call('PEXPIRE', standing, math.ceil(kept / 1000))
end

-- standing_now are the ids of what stands at a destination, newest first.
local function standing_now(standing, now, kept, most)
	return redis.call('ZRANGE', standing, '+inf', now - kept, 'BYSCORE', 'REV', 'LIMIT', 0, most)
end

-- set_aside keeps what could not be dealt with, and lets go what is too old.
local function set_aside(aside, at, what, now, kept)
	redis.call('ZADD', aside, at, what)
	redis.call('ZREMRANGEBYSCORE', aside, '-inf', now - kept)
	redis.call('PEXPIRE', aside, math.ceil(kept / 1000))
end

-- forget drops a few members of a set that are too old: more than a change adds, so that
-- no change is slow and none are left over.
local function forget(set, before)
	local old = redis.call('ZRANGE', set, '-inf', before, 'BYSCORE', 'LIMIT', 0, 16)
	if #old > 0 then redis.call('ZREM', set, unpack(old)) end
end
