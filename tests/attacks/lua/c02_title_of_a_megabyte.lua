-- attack: a title of 1 MB
-- expect: refused: string
return { title = ("T"):rep(1 << 20), severity = "low", owner = "customer",
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
