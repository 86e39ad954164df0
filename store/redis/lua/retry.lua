-- Frees a destination and has its head wait. Returns 0 if the lease is another's, else 2, as it waits
-- to be taken.

local due, lease = key(), key()
local destination, fence, after = arg(), arg(), number()

if not held(lease, destination, fence) then return 0 end
free(due, lease, destination, clock() + after)
return 2
