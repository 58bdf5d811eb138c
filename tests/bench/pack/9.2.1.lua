-- 9.2.1 User registration
-- SPDX-License-Identifier: Apache-2.0

local sets = use("sets")

return {
  title      = { en = "User registration", ja = "利用者登録" },
  severity   = "medium",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 9.2.1" },
  tags       = { "access" },

  rules = {
    {
      id    = "addresses-are-ours",
      title = { en = "Administrators have addresses of our domains", ja = "管理者のメールアドレスが自社ドメインである" },
      fix   = { en = "Remove the account, or list the domain.", ja = "アカウントを削除するか、ドメインを登録してください。" },
      check = function(s)
        local domains = sets.of(s.settings.email_domains)
        for _, admin in ipairs(s.admins) do
          local domain = string.match(admin.email, "@(.*)$")
          ensure(domain ~= nil and domains[domain] == true, admin, "address {address}", { address = admin.email })
        end
      end,
    },
  },
}
