-- given.lua: values without which nothing can be said
-- SPDX-License-Identifier: Apache-2.0
--
-- Half a filter tells a wrong story: a rule without its action, left out, may be the one that
-- denies. What is judged as a whole is therefore read as a whole, or the rule ends here as unknown,
-- with the place of the value that was missing.

local M = {}

-- The value. Lua stops at the length of nil, and the engine reports what was missing.
function M.need(value)
  if value == nil then
    return #value
  end
  return value
end

-- The elements of a list, none of them null or wrong.
function M.items(list)
  local found, count = {}, 0
  for _, element in ipairs(M.need(list)) do
    count = count + 1
    found[count] = element
  end
  if count < #list then
    M.need(nil)
  end
  return found
end

-- A member that may honestly be null: nil stands for null here, and for nothing else.
function M.nullable(object, key)
  if is_null(object, key) then
    return nil
  end
  return M.need(object[key])
end

return M
