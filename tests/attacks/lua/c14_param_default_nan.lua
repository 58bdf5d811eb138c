-- attack: a number whose default and bounds are nan
-- expect: refused
return { title = "x", severity = "low", owner = "customer",
  params = { p = { type = "number", default = 0 / 0, min = 0 / 0, max = 0 / 0, doc = "x" } },
  rules = { { id = "attacked", title = "x", check = function(s, params) ensure(s.ok and not (params.p > 0)) end } } }
