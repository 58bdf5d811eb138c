-- attack: the snapshot is written to, directly and through the functions of table
-- expect: an error for each
local function refused(f, ...) assert(not pcall(f, ...), "written") end
refused(function() s.ok = false end)
refused(function() s.list[1] = nil end)
refused(function() s[s] = s end)
refused(table.insert, s.list, 1)
refused(table.insert, s.numbers, 1, 1)
refused(table.remove, s.list)
refused(table.sort, s.numbers)
refused(table.sort, s.numbers, function() return true end)
s.list[1].id = "x"
