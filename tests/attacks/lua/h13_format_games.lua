-- attack: string.format with every width, precision, flag and type
-- expect: an error or a bounded text
local specs = { "%99.99f", "%99.99g", "%-99d", "%099x", "%+ #0d", "%.99s", "%99s", "%.0f", "%c", "%a", "%p", "%n", "%q", "%i", "%100d",
  "%.100f", "%", "%%%", "%-+ #0-+ #0d", "%9", "%.", "%99.", "%s%s", "%ll", "%1$s", "%*d" }
local values = { 0, -1, 1.5, 1e308, -1e308, 5e-324, 0 / 0, math.huge, math.mininteger, "x", ("x"):rep(200000), "\0", {}, true, type, s }
for i = 1, #specs do
  pcall(string.format, specs[i])
  for j = 1, #values do
    local ok, out = pcall(string.format, specs[i], values[j])
    assert(not ok or #out <= 262144)
    assert(not ok or not string.find(out, "0x%x%x%x%x%x"), "an address")
  end
end
error("over")
