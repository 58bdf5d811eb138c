-- attack: a record of 100,000 fields
-- expect: refused, in time
local fields = {}
for i = 1, 100000 do fields[i] = { "field_" .. i, boolean } end
return record(fields)
