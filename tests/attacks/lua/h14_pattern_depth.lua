-- attack: patterns that nest deeply: 100,000 optional items, 32 and more captures, %b and %f
-- expect: an error or the limit of steps, never a crash
pcall(string.find, ("a"):rep(100000), ("a?"):rep(100000))
