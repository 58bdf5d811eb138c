-- attack: the whole snapshot is walked for ever
-- expect: fuel
local function walk(x)
  if type(x) == "table" then for _, v in pairs(x) do walk(v) end end
end
while true do walk(s) end
