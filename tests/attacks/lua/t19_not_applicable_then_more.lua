-- attack: not_applicable() inside pcall, then assertions that hold
-- expect: the first ending stands: not applicable, and nothing runs after it
pcall(not_applicable, "not us")
ensure(s.ok)
note("still here")
