-- days: time that passed, in days
-- SPDX-License-Identifier: Apache-2.0

local M = {}

local DAY = 86400

function M.since(timestamp, as_of)
  return time.age(timestamp, as_of) / DAY
end

function M.between(from, to)
  return (time.seconds(to) - time.seconds(from)) / DAY
end

return M
