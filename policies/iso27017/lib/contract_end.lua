-- contract_end.lua: a contract that is over
-- SPDX-License-Identifier: Apache-2.0
--
-- 15.1.2 and 18.1.1 ask whether the terms are in force; of what is over neither demands it.

local given = use("given")

local M = {}

local OVER = {
  en = "the contract is terminated, and its last day is over",
  ja = "契約が終了しているため（解約日を経過）",
}

-- Ends the rule where the contract is over. The state alone does not tell: on its last day a contract
-- still is in force. today: the number of the day.
function M.need_running(contract, today)
  if given.need(contract.state) == "terminated" then
    local termination = given.need(contract.termination)
    if given.need(time.day(termination.date)) < today then
      not_applicable(OVER)
    end
  end
end

return M
