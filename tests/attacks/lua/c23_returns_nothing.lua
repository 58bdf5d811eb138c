-- attack: the file returns nothing
-- expect: refused
local x = 1
