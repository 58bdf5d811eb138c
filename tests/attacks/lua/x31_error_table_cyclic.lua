-- attack: the error is a table that holds itself
-- expect: an error; nobody walks it
local t = {}
t[1] = t t.en = t t.message = t
error(t)
