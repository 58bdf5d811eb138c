-- attack: iterators are called with positions that wrap around 32 and 64 bits
-- expect: no crash
local step = ipairs(s.list)
for _, at in ipairs({ -1, -2, 1 << 31, (1 << 32) - 1, 1 << 32, (1 << 32) + 1, math.maxinteger, math.mininteger,
                      math.maxinteger - 1, 1.5, 0 / 0, math.huge }) do
  pcall(step, s.list, at)
  pcall(step, s.list, tostring(at))
end
return 1
