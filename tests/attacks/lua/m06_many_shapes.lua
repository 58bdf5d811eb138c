-- attack: 100,000 types
-- expect: refused: too many shapes
local fields = {}
for i = 1, 100000 do fields[i] = { "f" .. i, text{} } end
return record(fields)
