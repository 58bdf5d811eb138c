-- attack: the file returns no rules when it is loaded again for judging (if a note works only then)
-- expect: no success: a file runs the same way whenever it runs, without a rule to take notes for
local list = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } }
if pcall(note, "x") then list[1] = nil end
return { title = "x", severity = "low", owner = "customer", rules = list }
