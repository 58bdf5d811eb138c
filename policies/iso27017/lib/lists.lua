-- lists.lua: questions about lists that may be empty.
-- SPDX-License-Identifier: Apache-2.0

local M = {}

-- Whether a list has that string or number.
function M.contains(list, wanted)
  maybe_empty(list)
  for _, item in ipairs(list) do
    if item == wanted then
      return true
    end
  end
  is_empty(list) -- where it is missing is the list, not its last element
  return false
end

-- The same question for a list that is asked for many values: each element is read once.
function M.asked(list)
  local known, position = {}, 0
  maybe_empty(list)
  return function(wanted)
    while not known[wanted] and position < #list do
      position = position + 1
      known[list[position] or false] = true -- false: the element is missing
    end
    is_empty(list)
    return known[wanted] == true
  end
end

-- The elements of a list by their id; one without is recorded as missing it, and left out.
function M.by_id(list)
  local found = {}
  maybe_empty(list)
  for _, item in ipairs(list) do
    local id = item.id
    if id ~= nil then
      found[id] = item
    end
  end
  return found
end

-- The first element for which a question is answered with true; nil when there is none.
function M.find(list, is_wanted)
  maybe_empty(list)
  for _, item in ipairs(list) do
    if is_wanted(item) then
      return item
    end
  end
  return nil
end

return M
