-- attack: the iterator of pairs() is called with a string where it expects a table
-- expect: an error
local step = pairs({ a = 1, b = 2 })
return step(("B"):rep(100), "a")
