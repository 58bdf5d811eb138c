-- attack: parameters with odd names, 200 of them
-- expect: refused
local params = {}
for i = 1, 200 do params["p" .. i] = { type = "integer", default = i, doc = "x" } end
return { title = "x", severity = "low", owner = "customer", params = params,
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
