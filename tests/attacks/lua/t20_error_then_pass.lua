-- attack: ensure() of a wrong type inside pcall, then assertions that hold
-- expect: the error stays
pcall(ensure, "true")
pcall(function() return pcall(ensure, "true") end)
ensure(s.ok)
