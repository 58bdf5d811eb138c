-- attack: a list whose elements are the list itself
-- expect: refused, or bounded by the snapshot's depth
local shape = text{}
return record{ { "ok", list(shape, shape) }, { "list", map(shape, shape) } }
