-- attack: the comparator of sort changes the table that is sorted
-- expect: an error or an order, never a crash
local t = {}
for i = 1, 5000 do t[i] = i * 7919 % 5003 end
local calls = 0
pcall(table.sort, t, function(a, b)
  calls = calls + 1
  if calls % 3 == 0 then t[calls % 5000 + 1] = nil end
  if calls % 5 == 0 then t[#t + 1] = {} end
  if calls == 2000 then for i = 1, 6000 do t[i] = nil end end
  return (tonumber(tostring(a)) or 0) < (tonumber(tostring(b)) or 1)
end)
error("over")
