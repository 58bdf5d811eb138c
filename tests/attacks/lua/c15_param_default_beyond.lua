-- attack: an integer parameter whose default is 1e300
-- expect: refused
return { title = "x", severity = "low", owner = "customer", params = { p = { type = "integer", default = 1e300, doc = "x" } },
  rules = { { id = "attacked", title = "x", check = function(s, params) ensure(s.ok and params.p > 0) end } } }
