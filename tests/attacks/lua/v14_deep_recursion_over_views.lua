-- attack: recursion down a deep object and back to its root, for ever
-- expect: a stack overflow, or no fuel; never a crash
local function down(x, depth)
  if has(x, "d") then return 1 + down(x.d, depth + 1) end
  return 1 + down(s.deep, depth + 1)
end
return down(s.deep, 0)
