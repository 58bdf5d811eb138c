-- attack: a pattern that runs away inside pcall, and then the data is asserted
-- expect: pattern
pcall(string.find, ("a"):rep(20000), ".-.-.-.-.-b")
ensure(s.ok)
