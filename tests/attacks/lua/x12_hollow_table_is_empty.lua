-- attack: a table that was filled and emptied: asking whether it is empty walks all its slots
-- expect: fuel, in time
local t = {}
for i = 1, 500000 do t["k" .. i] = nil t[i] = i end
for i = 1, 500000 do t[i] = nil end
while true do if not is_empty(t) then return 1 end end
