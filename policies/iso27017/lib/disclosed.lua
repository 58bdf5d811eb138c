-- disclosed.lua: records that the provider keeps, and may or may not show
-- SPDX-License-Identifier: Apache-2.0
--
-- Three things are told apart: the provider shows no such records (not applicable), nothing happened
-- in a period of which somebody says that it is complete (not applicable), and nobody knows
-- (unknown). Records that are there are judged, whatever is said about showing them.

local given = use("given")

local M = {}

local function is_hidden(s, kind)
  return has(s, "disclosed") and not given.need(s.disclosed[kind])
end

-- Misses a record, so that the rule is unknown: the period is not complete.
local function miss(journal)
  local list = journal.records
  local _ = list[#maybe_empty(list) + 1]
end

-- The records of a kind that a rule is about, as a list. what names them, in both languages.
function M.records(s, kind, what, is_wanted)
  local hidden = is_hidden(s, kind)
  if hidden and (not has(s, kind) or is_empty(s[kind].records)) then
    not_applicable({
      en = "the provider does not disclose {what} to the customer",
      ja = "{what}は事業者から開示されていないため",
    }, { what = what })
  end
  local journal, found = given.need(s[kind]), {}
  for _, record in ipairs(given.items(maybe_empty(journal.records))) do
    if is_wanted(record) then
      table.insert(found, record)
    end
  end
  if #found == 0 then
    M.need_complete(journal)
    not_applicable({
      en = "there were none ({what}) from {from} to {to}",
      ja = "{from} から {to} までの間に該当する記録（{what}）がないため",
    }, { what = what, from = journal.from, to = journal.to })
  end
  return found, journal
end

-- After what is there was judged: a period with gaps says nothing about the rest.
function M.need_complete(journal)
  if not given.need(journal.complete) then
    miss(journal)
  end
end

return M
