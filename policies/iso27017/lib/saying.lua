-- saying.lua: of the attestations, those that say a certain thing
-- SPDX-License-Identifier: Apache-2.0
--
-- attested() takes the first statement that counts. Where a statement has to say more than that it
-- exists (which countries, which cryptography), those that say it are picked out before.

local M = {}

-- Whether a statement is for a clause, however that is written.
local function is_for(statement, clause)
  for _, written in ipairs(statement.controls) do
    if text.clause(written) == clause then
      return true
    end
  end
  return false
end

-- The question whether a statement for a clause, about one side's practice, has a member
-- ("export_control").
function M.about(clause, party, member)
  return function(statement)
    return is_for(statement, clause) and statement.subject_party == party and has(statement, member)
  end
end

return M
