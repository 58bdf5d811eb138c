-- attack: rules with the ids of the neighbours' rules, which pass
-- expect: harmless: the neighbours keep theirs; a rule is found by its control
return { title = "x", severity = "low", owner = "customer",
  rules = { { id = "aaa-fails", title = "x", check = function(s) ensure(s.ok) end },
    { id = "attacked", title = "x", check = function(s) ensure(s.bad) end } } }
