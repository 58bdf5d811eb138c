-- names.lua: names in sentences
-- SPDX-License-Identifier: Apache-2.0

local M = {}

-- "DC01 の", but "本社の": only Latin letters are parted from what follows.
function M.of_ja(name)
  local is_japanese = string.find(string.sub(name, -3), "^[\227-\239][\128-\191][\128-\191]$") ~= nil
  return name .. (is_japanese and "の" or " の")
end

return M
