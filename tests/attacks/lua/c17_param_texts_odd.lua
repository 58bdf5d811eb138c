-- attack: a parameter whose name, unit, source and default hold escapes and invalid UTF-8
-- expect: refused when the pack loads
return { title = "x", severity = "low", owner = "customer",
  params = { ["p\27\n"] = { type = "string", default = "\xff", unit = "\xff", source = "\27[2J", doc = "\xff" } },
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
