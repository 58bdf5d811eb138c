-- attack: the iterator of pairs() is called with functions, numbers and no arguments
-- expect: an error
local step = pairs({ a = 1, b = 2, c = 3, d = 4, e = 5 })
pcall(step, type)
pcall(step, 1e300)
pcall(step)
return step(true)
