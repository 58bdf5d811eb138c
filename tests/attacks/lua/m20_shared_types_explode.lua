-- attack: a record of 60 levels, each with its shared type twice: 2 to the 60 paths
-- expect: it loads in time: shared types are written once in the schema, and walked once a value
local shape = boolean
for _ = 1, 60 do shape = record{ { "a", shape }, { "b", shape } } end
return record{ { "deep", shape } }
