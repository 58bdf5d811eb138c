-- attack: networks in descending and nested order: the worst case of a merge
-- expect: it ends, within the fuel or by it
local list = {}
for i = 1, 30000 do list[i] = (255 - (i & 127)) .. "." .. (255 - (i >> 7 & 255)) .. ".0.0/" .. (8 + i % 25) end
for _ = 1, 20 do net.hygiene(list) net.subset(list, { "10.0.0.0/8" }) net.size(list) end
