-- attack: tables that hold themselves everywhere
-- expect: refused
local t = {}
t.title = t t.rules = t t.params = t t.when = t t.owner = t t.severity = t t.references = t t.tags = t t[1] = t
return t
