-- attack: a control of 100,000 keys, and keys of every type
-- expect: refused
local t = { title = "x", severity = "low", owner = "customer", rules = {} }
for i = 1, 100000 do t["k" .. i] = i t[i] = i t[i + 0.5] = i end
return t
