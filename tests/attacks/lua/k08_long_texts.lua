-- attack: an id and an edition that are longer than a string may be
-- expect: refused: string
local x = "x"
for _ = 1, 20 do x = x .. x end
return { id = x, version = "1", title = "x" }
