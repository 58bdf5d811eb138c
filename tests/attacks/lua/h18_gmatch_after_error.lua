-- attack: an iterator of gmatch is used again after it raised (upstream efddc230)
-- expect: an error or the limit of steps, never a native stack overflow
local iter = string.gmatch(("a"):rep(20000), ("a?"):rep(20000))
pcall(iter) pcall(iter)
iter = string.gmatch(("a"):rep(120000), ("a?"):rep(120000))
pcall(iter) pcall(iter)
return iter()
