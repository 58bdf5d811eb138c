-- attack: 999 optional names of 250,000 bytes that differ at their ends
-- expect: memory, string or fuel
local base = ("o"):rep(250000)
for i = 1, 999 do has(s.portal, base .. i) end
for _ = 1, 1000000 do has(s.portal, base .. 998) end
