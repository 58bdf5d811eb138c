-- attack: a model of 5,000 lists inside each other
-- expect: refused: nested too deeply
local shape = text{}
for _ = 1, 5000 do shape = list(shape) end
return record{ { "ok", shape } }
