-- attack: a rule is a table of the engine
-- expect: refused
return { title = "x", severity = "low", owner = "customer", rules = { net, { id = "attacked", title = "x", check = type } } }
