-- attack: parts of the snapshot indexed by everything: fractions, nan, tables, views, huge numbers
-- expect: an error or a recorded gap for each; never a value
local keys = { 0, -1, 51, 1 << 32, (1 << 32) + 1, math.maxinteger, math.mininteger, 1.5, 1e300, math.huge, {}, type, true }
for i = 1, #keys do
  local ok, got = pcall(function() return s.list[keys[i]] end)
  assert(not ok or got == nil, "found something")
end
assert(not pcall(function() return s.list[0 / 0] end))
assert(not pcall(function() return s[s] end))
return s.list[s.list]
