-- clauses.lua: which clauses there are
-- SPDX-License-Identifier: Apache-2.0
--
-- ISO/IEC 27017:2015 keeps the numbering of ISO/IEC 27002:2013 and adds seven clauses of its own.
-- Lists that go around contain others, such as CLD.12.4.1; a matrix with such a number is about
-- nothing.

local M = {}

-- What this pack judges, in the order of the standard.
M.CATALOGUE = {
  "5.1.1", "6.1.1", "6.1.3", "CLD.6.3.1", "7.2.2", "8.1.1", "8.2.2", "CLD.8.1.5", "9.2.1", "9.2.2", "9.2.3",
  "9.2.4", "9.4.1", "9.4.4", "CLD.9.5.1", "CLD.9.5.2", "10.1.1", "11.2.7", "12.1.2", "12.1.3", "12.3.1", "12.4.1",
  "12.4.3", "12.4.4", "12.6.1", "CLD.12.1.5", "CLD.12.4.5", "13.1.3", "CLD.13.1.4", "14.1.1", "14.2.1", "15.1.2",
  "15.1.3", "16.1.1", "16.1.2", "16.1.7", "18.1.1", "18.1.2", "18.1.3", "18.1.5", "18.2.1",
}

local ADDED = {
  ["CLD.6.3.1"] = true, ["CLD.8.1.5"] = true, ["CLD.9.5.1"] = true, ["CLD.9.5.2"] = true, ["CLD.12.1.5"] = true,
  ["CLD.12.4.5"] = true, ["CLD.13.1.4"] = true,
}

-- How many clauses each section of ISO/IEC 27002:2013 has.
local COUNTS = {
  ["5.1"] = 2, ["6.1"] = 5, ["6.2"] = 2, ["7.1"] = 2, ["7.2"] = 3, ["7.3"] = 1, ["8.1"] = 4, ["8.2"] = 3,
  ["8.3"] = 3, ["9.1"] = 2, ["9.2"] = 6, ["9.3"] = 1, ["9.4"] = 5, ["10.1"] = 2, ["11.1"] = 6, ["11.2"] = 9,
  ["12.1"] = 4, ["12.2"] = 1, ["12.3"] = 1, ["12.4"] = 4, ["12.5"] = 1, ["12.6"] = 2, ["12.7"] = 1, ["13.1"] = 3,
  ["13.2"] = 4, ["14.1"] = 3, ["14.2"] = 9, ["14.3"] = 1, ["15.1"] = 3, ["15.2"] = 2, ["16.1"] = 7, ["17.1"] = 3,
  ["17.2"] = 1, ["18.1"] = 5, ["18.2"] = 3,
}

-- Whether there is a clause of that number, written as text.clause writes it.
function M.exists(clause)
  local section, number = string.match(clause, "^(%d+%.%d+)%.(%d+)$")
  if section == nil then
    return ADDED[clause] == true
  end
  return tonumber(number) <= (COUNTS[section] or 0)
end

return M
