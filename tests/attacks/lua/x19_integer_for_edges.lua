-- attack: loops at the ends of the integers, with steps that overflow
-- expect: they end
local n = 0
for _ = math.maxinteger - 1, math.maxinteger do n = n + 1 end
for _ = math.mininteger + 1, math.mininteger, -1 do n = n + 1 end
for _ = 1, math.huge, math.maxinteger do n = n + 1 end
for _ = math.maxinteger, math.mininteger, math.mininteger do n = n + 1 end
assert(not pcall(function() for _ = 1, 2, 0 do n = n + 1 end end))
assert(n == 7, n)
return n
