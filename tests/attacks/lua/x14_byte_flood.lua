-- attack: the most values that byte and unpack give, again and again
-- expect: fuel, in time
local text = ("x"):rep(256)
local list = {}
for i = 1, 250 do list[i] = i end
local n = 0
while true do n = n + select("#", text:byte(1, 256)) + select("#", table.unpack(list)) end
