-- attack: the tables of helpers are written to, sorted, walked and extended
-- expect: an error for each
local function refused(f, ...) assert(not pcall(f, ...), "written") end
for _, lib in ipairs({ string, table, math, net, time, tls, ports, text }) do
  refused(function() lib.x = 1 end)
  refused(table.insert, lib, 1) refused(table.sort, lib) refused(table.remove, lib)
  for k in pairs(lib) do error(tostring(k)) end
  assert(next(lib) == nil)
end
string.rep = nil
