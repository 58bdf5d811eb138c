-- attack: gsub within the callback of gsub, as deep as it goes
-- expect: an error (C stack overflow), never a crash
local function again(x) return (string.gsub(x, ".", again)) end
return again("x")
