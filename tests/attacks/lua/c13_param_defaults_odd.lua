-- attack: an integer parameter whose default is infinite
-- expect: refused
return { title = "x", severity = "low", owner = "customer", params = { p = { type = "integer", default = math.huge, doc = "x" } },
  rules = { { id = "attacked", title = "x", check = function(s, params) ensure(s.ok and params.p > 0) end } } }
