-- attack: 100,000 options in `when`
-- expect: refused, in time
local words = {}
for i = 1, 100000 do words[i] = "o" .. (100001 - i) end
return { title = "x", severity = "low", owner = "customer", when = { option = words },
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
