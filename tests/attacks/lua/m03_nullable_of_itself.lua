-- attack: a nullable of itself: no value ever decides it
-- expect: refused
local shape = text{}
return record{ { "ok", nullable(shape, shape) } }
