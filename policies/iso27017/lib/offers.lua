-- offers.lua: functions that the provider's portal and console have to offer.
-- SPDX-License-Identifier: Apache-2.0
--
-- What the customer makes of a function is judged elsewhere; here only whether it is there.

local lists = use("lists")

local M = {}

-- The functions, each { id, en, ja }, are among those that a place offers.
function M.ensure(place, wanted)
  local functions = place.functions
  for _, one in ipairs(wanted) do
    ensure(lists.contains(functions, one.id), functions, {
      en = "{what} is not among the functions that are offered",
      ja = "{what}の機能が提供されていません",
    }, { what = { en = one.en, ja = one.ja } })
  end
end

return M
