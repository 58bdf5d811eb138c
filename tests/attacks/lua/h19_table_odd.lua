-- attack: functions of table with extremes
-- expect: an error or a bounded value for each
local t = { 1, 2, 3 }
for _, n in ipairs({ 0, -1, 4, 5, 1 << 31, 1 << 53, math.maxinteger, math.mininteger, 1.5, 0 / 0, "2" }) do
  pcall(table.insert, t, n, 1) pcall(table.remove, t, n) pcall(table.unpack, t, n) pcall(table.unpack, t, n, n)
  pcall(table.unpack, t, math.mininteger, n) pcall(table.concat, t, ",", n) pcall(table.concat, t, ",", n, n)
  pcall(table.concat, t, ("x"):rep(200000), 1, n) pcall(select, n, 1, 2) pcall(string.rep, "x", n) pcall(string.byte, "xyz", n, n)
  pcall(string.sub, "xyz", n, n) pcall(string.rep, "", n) pcall(string.rep, "", n, "") pcall(string.rep, "", n, "x")
end
pcall(table.sort, { 3, "x", {}, s }) pcall(table.sort, t, 3) pcall(table.concat, s) pcall(table.unpack, s.numbers, 1, 300)
error("over")
