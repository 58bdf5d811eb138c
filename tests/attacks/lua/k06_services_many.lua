-- attack: 10,000 services
-- expect: refused
local t = {}
for i = 1, 10000 do t[i] = "s" .. i end
return { id = "x", version = "1", title = "x", service = "/contract/service", services = t }
