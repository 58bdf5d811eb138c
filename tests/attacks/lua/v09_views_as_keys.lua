-- attack: parts of the snapshot as keys of a table, then the table is walked
-- expect: pairs refuses such keys: their order would be that of addresses
local t = {}
for _, e in ipairs(s.list) do t[e] = true end
t[s] = 1
t[s.portal] = 2
local n = 0
for k in pairs(t) do n = n + (k == s and 1 or 0) end
return n
