-- attack: the iterator of ipairs() is called with a string where it expects a table (type confusion)
-- expect: an error; the C function checks what it is given
local step = ipairs({ 1, 2, 3 })
local s8 = ("A"):rep(64)
return step(s8, 0)
