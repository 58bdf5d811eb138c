-- attack: the same with next() and pairs()
-- expect: fuel, in time
local t = {}
for i = 1, 500000 do t[i] = i end
for i = 1, 500000 do t[i] = nil end
while true do
  if next(t) ~= nil then return 1 end
  for _ in pairs(t) do return 1 end
end
