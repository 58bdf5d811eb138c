-- attack: the comparator of sort sorts the same table, recursively
-- expect: an error or fuel
local t = {}
for i = 1, 100 do t[i] = i * 37 % 101 end
local function compare(a, b)
  pcall(table.sort, t, compare)
  return a < b
end
table.sort(t, compare)
while true do table.sort(t, function() return true end) end
