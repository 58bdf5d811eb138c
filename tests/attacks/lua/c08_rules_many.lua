-- attack: 100,000 rules
-- expect: refused
local rules = {}
for i = 1, 100000 do rules[i] = { id = "r" .. i, title = "x", check = type } end
return { title = "x", severity = "low", owner = "customer", rules = rules }
