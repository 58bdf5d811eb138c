-- attack: the file says that it is another control
-- expect: refused
return { id = "aaa", title = "x", severity = "low", owner = "customer",
  rules = { { id = "aaa-passes", title = "x", check = function(s) ensure(s.ok) end } } }
