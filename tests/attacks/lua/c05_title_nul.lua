-- attack: a title that holds NUL
-- expect: refused
return { title = "a\0b", severity = "low", owner = "customer",
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
