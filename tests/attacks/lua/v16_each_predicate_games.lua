-- attack: each() with predicates that raise, recurse, or swallow limits
-- expect: an error or fuel, never a crash
pcall(function() for _ in each(s.list, "x", function() error({}) end) do end end)
local function nested(e)
  for _ in each(s.list, "y", nested) do return true end
  return e
end
for _ in each(s.list, "z", nested) do end
