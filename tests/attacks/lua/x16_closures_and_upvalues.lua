-- attack: functions with 200 upvalues, made again and again
-- expect: fuel or memory
local list = {}
for i = 1, 190 do list[i] = i end
local a, b, c, d, e, f, g, h = table.unpack(list)
while true do
  local x = function() return a, b, c, d, e, f, g, h, list end
  if x() == nil then return end
end
