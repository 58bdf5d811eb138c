-- attack: the iterator of a long list is given an empty one and a position 2 to the 40 below it
-- expect: fuel or an end, in time: what is passed over is paid for
local step = ipairs(s.numbers)
return step(s.empty, -(1 << 40))
