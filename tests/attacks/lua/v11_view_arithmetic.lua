-- attack: parts of the snapshot in arithmetic, comparison, concatenation and calls
-- expect: an error for each, and the last ends the rule
local x = s.portal
local odd = {
  function() return x + 1 end, function() return x .. "a" end, function() return x < x end,
  function() return x <= s end, function() return -x end, function() return ~x end, function() return x & 1 end,
  function() return x() end, function() return x // 0 end, function() return x ^ x end, function() return 1 << x end,
}
for i = 1, #odd do assert(not pcall(odd[i]), "allowed") end
return x()
