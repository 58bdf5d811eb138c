-- attack: what one rule leaves in locals of the file, the next one reads
-- expect: harmless: each rule runs on a fresh copy
local seen, tables = false, {}
local shared = use("words")
local function check(s)
  ensure(s.ok and not seen and #tables == 0 and shared.count == 0, s)
  seen = true
  tables[1] = s
  shared.count = shared.count + 1
end
return { title = "x", severity = "low", owner = "customer",
  rules = { { id = "attacked", title = "x", check = check }, { id = "b", title = "x", check = check },
    { id = "c", title = "x", check = check } } }
