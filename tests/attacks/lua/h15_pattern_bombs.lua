-- attack: patterns that take exponential time
-- expect: pattern
for _ = 1, 100 do string.match(("a"):rep(5000), "(.-)(.-)(.-)(.-)(.-)(.-)b") end
