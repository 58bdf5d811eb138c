-- attack: a byte is appended to the longest string, one instruction each
-- expect: memory (what was asked for in all), in time
local base = ("x"):rep(260000)
local n = 0
while true do n = n + #(base .. "y") end
