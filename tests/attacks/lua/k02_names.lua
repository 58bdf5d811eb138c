-- attack: pack.lua uses a function
-- expect: refused: it is plain data
return { id = string.rep("x", 10), version = "1", title = "x" }
