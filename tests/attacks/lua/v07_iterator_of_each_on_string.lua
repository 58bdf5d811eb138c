-- attack: the iterator of each() is called with a string
-- expect: an error
local step = each(s.list, "anything", function() return true end)
return step(("D"):rep(64), 0)
