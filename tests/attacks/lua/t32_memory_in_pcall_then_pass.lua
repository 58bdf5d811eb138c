-- attack: the memory limit is run into inside pcall, and then the data is asserted
-- expect: memory
pcall(function() local t = {} for i = 1, 1e9 do t[i] = { i, {} } end end)
ensure(s.ok)
