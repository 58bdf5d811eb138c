-- attack: strings of the greatest length are compared, one instruction each
-- expect: fuel, in time
local a = ("x"):rep(250000) .. "a"
local b = ("x"):rep(250000) .. "b"
local n = 0
while true do if a < b then n = n + 1 end end
