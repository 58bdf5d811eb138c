-- attack: not_applicable() after a failed assertion, and inside pcall
-- expect: an error that stays
ensure(s.bad)
pcall(not_applicable, "no")
pcall(function() pcall(not_applicable, "no") end)
