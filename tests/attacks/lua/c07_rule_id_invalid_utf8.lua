-- attack: a rule's id that is not UTF-8
-- expect: refused when the pack loads
return { title = "x", severity = "low", owner = "customer",
  rules = { { id = "attacked\xff", title = "x", check = function(s) ensure(s.ok) end } } }
