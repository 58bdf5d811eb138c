-- attack: the file returns no rules when it is loaded again for judging (a note works only then)
-- expect: an error: the rule that was announced is not there
local list = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } }
if pcall(note, "x") then list[1] = nil end
return { title = "x", severity = "low", owner = "customer", rules = list }
