-- attack: an enum of 400,000 words, of which every value of a list is one
-- expect: refused, or it ends in time
local words = {}
for i = 1, 400000 do words[i] = "word" .. i end
return record{ { "names", list(enum(words)) } }
