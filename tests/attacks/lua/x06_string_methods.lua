-- attack: methods of strings that do not exist, and the string metatable through them
-- expect: nothing is found, nothing can be replaced
local function refused(f) assert(not pcall(f), "written") end
refused(function() ("x").y = 1 end)
refused(function() ("x")[1] = 1 end)
refused(function() return ("x"):dump() end)
refused(function() return ("x"):pack() end)
refused(function() return ("x"):rep(1e9) .. "" end)
return ("x"):char()
