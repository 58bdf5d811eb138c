-- attack: a table is emptied and filled while pairs, ipairs and next walk it
-- expect: the walk ends
local t = {}
for i = 1, 2000 do t[i] = i t["k" .. i] = i end
for k in pairs(t) do
  t[k] = nil
  t["new" .. tostring(k)] = true
end
for i in ipairs(t) do t[i + 1] = i < 100000 and 1 or nil end
local k = next(t)
t[k] = nil
pcall(next, t, k)
error("over")
