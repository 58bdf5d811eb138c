-- attack: a string that is too long inside pcall, and then the data is asserted
-- expect: string
pcall(function() local a = "x" for _ = 1, 40 do a = a .. a end end)
ensure(s.ok)
