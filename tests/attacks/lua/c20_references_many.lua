-- attack: 400,000 references and tags
-- expect: refused, or bounded
local many = {}
for i = 1, 400000 do many[i] = "reference " .. i end
return { title = "x", severity = "low", owner = "customer", references = many, tags = many,
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
