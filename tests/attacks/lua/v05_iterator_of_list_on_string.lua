-- attack: the iterator over a list of the snapshot is called with a string, then a number
-- expect: an error
local step = ipairs(s.list)
pcall(step, "text", 0)
pcall(step, 3, 0)
return step(("C"):rep(64), 1)
