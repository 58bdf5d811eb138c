-- attack: pack.lua returns a table that holds itself
-- expect: refused
local t = { id = "x", version = "1" }
t.title = t t.services = t t.authors = t
return t
