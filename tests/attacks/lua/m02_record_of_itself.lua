-- attack: a record that is a field of itself, required
-- expect: a model may be recursive where the snapshot ends it; the schema ends too
local node = {}
node[1] = { "ok", boolean }
node[2] = { "d", record(node) }
return record{ { "ok", boolean, required = true }, { "deep", node } }
