-- model.lua: doors and the guard of a building
-- SPDX-License-Identifier: Apache-2.0

local id, yes_no = text{ min = 1 }, boolean

return record{
  { "as_of", format"timestamp", required = true },
  { "doors", list(record{
    { "id", id, required = true },
    { "locked", yes_no, required = true },
    { "lock", enum{ "digital", "mechanical" }, required = true },
    { "tested", format"date" },
  }, { unique = "id", min = 1 }), required = true },
  { "guard", record{
    { "name", id, required = true },
    { "left", format"date", required = true },
  }, required = true },
  { "alarm", record{
    { "on", yes_no, required = true },
    { "kind", enum{ "bell", "lamp" }, required = true },
  }, required = true },
}
