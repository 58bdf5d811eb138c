-- attack: long strings as keys: each lookup of an equal copy hashes and compares all of it
-- expect: fuel, in time
local t = { [("x"):rep(250000)] = 1 }
local copies = {}
for i = 1, 8 do copies[i] = ("x"):rep(249990 + i) .. ("x"):rep(10 - i) end
local n = 0
while true do for i = 1, 8 do n = n + (t[copies[i]] or 0) end end
