-- attack: assertions are made while the file is loaded for judging, not in check
-- expect: they read nothing, so nothing passes
pcall(ensure, true)
pcall(note, "x")
pcall(not_applicable, "x")
return { title = "x", severity = "low", owner = "customer",
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
