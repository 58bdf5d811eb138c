-- deletion_clock.lua: how long data may remain after a contract, or an option of it, has ended
-- SPDX-License-Identifier: Apache-2.0
--
-- Both white papers count the day after termination as day 1, so day 90 is the 90th civil day after
-- the last day of the contract, in the tenant's time zone, and lasts to its midnight. Seconds are
-- never counted: 90 times 86,400 of them end at another hour, and in another zone on another day.
--
-- Dates decide whether a clock runs; the state of the contract only demands that there is a date.

local given = use("given")

local M = {}

local OVER = { terminating = true, terminated = true }

function M.today(s, as_of)
  return given.need(time.date(as_of, s.tenant.time_zone))
end

-- The last day of a clock that starts with a date.
function M.deadline(date, params)
  local last = params.max_days
  if params.first_day == "termination_day" then
    last = last - 1
  end
  return given.need(time.add_days(date, last))
end

local function started(date, today)
  return given.need(time.days_between(date, today)) > 0
end

-- The termination of the contract; nil while no end is agreed.
function M.termination(s)
  local state = given.need(s.contract.state)
  if not OVER[state] and not has(s.contract, "termination") then
    return nil
  end
  return given.need(s.contract.termination)
end

-- The day a new contract began, if it did so by a day; nil otherwise. One that began before this one
-- ended took nothing over: it is another contract, or was written down at an earlier end.
function M.recontracted(termination, by)
  if not has(termination, "recontracted_on") then
    return nil
  end
  local on = given.need(termination.recontracted_on)
  local follows = given.need(time.days_between(termination.date, on)) >= 0
  return follows and given.need(time.days_between(on, by)) >= 0 and on or nil
end

-- The clock of the contract: { date, deadline, running, view, recontracted }, nil without an end.
function M.of_contract(s, params, as_of)
  local view, today = M.termination(s), M.today(s, as_of)
  if view == nil then
    return nil
  end
  local date = given.need(view.date)
  local deadline = M.deadline(date, params)
  -- A contract that is over has a clock, whatever its date says.
  local running = started(date, today) or s.contract.state == "terminated"
  local recontracted = M.recontracted(view, today)
  if recontracted ~= nil and time.days_between(recontracted, deadline) < 0 then
    recontracted = nil
  end
  return { date = date, deadline = deadline, running = running, view = view, recontracted = recontracted }
end

-- The clocks of options that were cancelled alone, by option, in `list` too.
function M.of_options(s, params, as_of)
  local today, found = M.today(s, as_of), { list = {} }
  if not has(s.contract, "partial_terminations") then
    return found
  end
  for _, view in ipairs(given.items(maybe_empty(s.contract.partial_terminations))) do
    local date = given.need(view.date)
    if started(date, today) then
      local clock = { option = given.need(view.id), date = date, deadline = M.deadline(date, params), view = view }
      found[clock.option] = clock
      table.insert(found.list, clock)
    end
  end
  return found
end

return M
