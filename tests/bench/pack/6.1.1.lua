-- 6.1.1 Information security roles
-- SPDX-License-Identifier: Apache-2.0

local NEEDED = { "CISO", "DPO", "NOC", "IR" }

return {
  title      = { en = "Information security roles", ja = "情報セキュリティの役割" },
  severity   = "medium",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 6.1.1" },
  tags       = { "governance" },

  rules = {
    {
      id    = "roles-have-owners",
      title = { en = "Each role that is needed has an owner", ja = "必要な役割にすべて担当者がいる" },
      fix   = { en = "Name an owner.", ja = "担当者を任命してください。" },
      check = function(s)
        local owned = {}
        for _, role in ipairs(s.governance.roles) do
          owned[role.name] = role.owner ~= ""
        end
        for _, name in ipairs(NEEDED) do
          ensure(owned[name] == true, s.governance.roles, "role {role} has no owner", { role = name })
        end
      end,
    },
  },
}
