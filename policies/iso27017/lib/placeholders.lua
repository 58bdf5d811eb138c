-- placeholders.lua: words that stand where a name belongs, and name nobody
-- SPDX-License-Identifier: Apache-2.0

local M = {}

-- The parameter of every control that asks for a name.
M.PARAM = {
  type = "list",
  default = {
    "-", "ー", "—", "―", "–", "−", "‐", "?", "n/a", "none", "tbd", "unknown", "未定", "未設定", "未記入",
    "なし", "無し", "特になし", "該当なし", "不明", "未承認",
  },
  doc = {
    en = "Words that stand in a field and name nothing",
    ja = "記入されていても未定とみなす語",
  },
  source = {
    en = "Words met in inventories that are kept as spreadsheets",
    ja = "表計算ソフトで管理された台帳によく見られる表記",
  },
}

-- Whether a text names nothing.
function M.is_one(name, params)
  for _, placeholder in ipairs(params.placeholders) do
    if text.same(name, placeholder) then
      return true
    end
  end
  return text.normalise(name) == ""
end

return M
