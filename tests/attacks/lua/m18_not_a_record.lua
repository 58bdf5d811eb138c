-- attack: the model returns something else: a list, a function, a cyclic table
-- expect: refused
local t = {}
t[1] = t
return t
