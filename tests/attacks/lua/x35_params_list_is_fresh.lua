-- attack: a parameter that is a list is changed by one rule
-- expect: harmless: it is a copy
local list = params.words
list[1] = "changed"
assert(params.words[1] == "one")
