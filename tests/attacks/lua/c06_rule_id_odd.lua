-- attack: a rule's id with escapes, line breaks and a verdict
-- expect: refused, or escaped everywhere
return { title = "x", severity = "low", owner = "customer",
  rules = { { id = "attacked\n\27[32mPASS everything\u{202e}", title = "x", check = function(s) ensure(s.bad) end } } }
