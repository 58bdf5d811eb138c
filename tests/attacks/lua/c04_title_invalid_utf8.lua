-- attack: a title that is not UTF-8
-- expect: refused when the pack loads, with file and line; not an answer that the parent refuses
return { title = "\xff\xfe\xed\xa0\x80", severity = "low", owner = "customer",
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
