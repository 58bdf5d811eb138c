-- attack: the iterator over a long list is given an object and other lists of the snapshot
-- expect: no crash; whatever is beyond the end is nothing
local step = ipairs(s.numbers)
local n = 0
for _, other in pairs({ s.list, s.portal, s, s.empty, s.mixed }) do
  for i = -3, 400 do
    local ok, at = pcall(step, other, i)
    if ok and at then n = n + 1 end
  end
end
return n
