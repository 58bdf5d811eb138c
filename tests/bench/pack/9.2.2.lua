-- 9.2.2 User access provisioning
-- SPDX-License-Identifier: Apache-2.0

local sets = use("sets")

return {
  title      = { en = "User access provisioning", ja = "利用者アクセスの提供" },
  severity   = "medium",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 9.2.2" },
  tags       = { "access" },

  rules = {
    {
      id    = "roles-are-known",
      title = { en = "Administrators have roles of the list", ja = "管理者の役割が一覧にある" },
      fix   = { en = "Give the account a role of the list.", ja = "一覧にある役割を割り当ててください。" },
      check = function(s)
        local roles = sets.of(s.settings.roles)
        for _, admin in ipairs(s.admins) do
          local role = admin.role
          ensure(roles[role] == true, admin, "role {role}", { role = role })
        end
      end,
    },
  },
}
