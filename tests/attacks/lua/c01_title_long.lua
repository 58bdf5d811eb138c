-- attack: titles and fixes of 200,000 bytes for each of 100 rules
-- expect: refused, or bounded; never a process that dies of it
local long = ("T"):rep(200000)
local rules = {}
for i = 1, 100 do
  rules[i] = { id = "r" .. i, title = { en = long, ja = long .. i }, fix = { en = long .. i, ja = long },
    check = function(s) ensure(s.ok) end }
end
return { title = "x", severity = "low", owner = "customer", rules = rules }
