-- attack: parameters are walked, written and asked for by odd names
-- expect: an error
for k in pairs(params) do error(tostring(k)) end
assert(next(params) == nil)
pcall(function() params.limit = 3 end) pcall(function() params[1] = 3 end) pcall(table.insert, params, 1)
pcall(function() return params[{}] end) pcall(function() return params[s] end) pcall(function() return params[nil] end)
return params[("p"):rep(200000)]
