-- attack: a list of 100,000 words that must each be one of 100,000
-- expect: refused, or it ends in time
local words, reversed = {}, {}
for i = 1, 100000 do words[i] = "w" .. i reversed[100001 - i] = "w" .. i end
return { title = "x", severity = "low", owner = "customer",
  params = { p = { type = "list", default = reversed, one_of = words, doc = "x" } },
  rules = { { id = "attacked", title = "x", check = function(s) ensure(s.ok) end } } }
