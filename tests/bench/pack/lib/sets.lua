-- sets: what a list holds, to be asked for by value
-- SPDX-License-Identifier: Apache-2.0

local M = {}

function M.of(list)
  local set = {}
  for _, value in ipairs(list) do
    set[value] = true
  end
  return set
end

return M
