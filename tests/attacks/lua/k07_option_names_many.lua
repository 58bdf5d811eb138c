-- attack: 100,000 names of options
-- expect: refused, or it ends in time
local t = {}
for i = 1, 100000 do t[i] = "o" .. i end
return { id = "attack", version = "1", title = "attack", as_of = "/as_of", tenant = "/tenant", options = "/contract/options", option_names = t }
