-- attack: ids that look like options, paths and globs
-- expect: it loads; an id is only a name
return { title = "x", severity = "low", owner = "customer",
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.bad) end },
    { id = "../../etc/passwd", title = "x", check = function(s) ensure(s.bad) end },
    { id = "--help", title = "x", check = function(s) ensure(s.bad) end },
    { id = "", title = "x", check = function(s) ensure(s.bad) end } } }
