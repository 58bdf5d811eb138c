-- attack: a list of 200,000 networks, in every function over lists
-- expect: it ends, within the fuel or by it
local list = {}
for i = 1, 200000 do list[i] = "10." .. (i >> 16 & 255) .. "." .. (i >> 8 & 255) .. "." .. (i & 255) end
net.coverage(list) net.size(list) net.covers_internet(list) net.covers_family(list, 4) net.hygiene(list)
net.overlap(list, list) net.subset(list, list) net.contains(list, "10.0.0.1")
