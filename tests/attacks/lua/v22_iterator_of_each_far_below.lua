-- attack: the iterator of each() is given an empty list and a position far below it
-- expect: fuel or an end, in time
local step = each(s.numbers, "x", function() return true end)
return step(s.empty, math.mininteger)
