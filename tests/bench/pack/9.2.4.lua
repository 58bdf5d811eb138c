-- 9.2.4 Management of secret authentication information
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")

return {
  title      = { en = "Management of secret authentication information", ja = "秘密認証情報の管理" },
  severity   = "high",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 9.2.4" },
  tags       = { "access" },

  rules = {
    {
      id    = "credentials-are-rotated",
      title = {
        en = "Administrators' credentials are younger than 90 days",
        ja = "管理者の認証情報が 90 日以内に更新されている",
      },
      fix   = { en = "Rotate the credential.", ja = "認証情報を更新してください。" },
      check = function(s, _, as_of)
        for _, admin in ipairs(s.admins) do
          local rotated = admin.rotated
          ensure(days.since(rotated, as_of) <= 90, admin, "credential rotated {day}", { day = rotated })
        end
      end,
    },
    {
      id    = "keys-are-rotated",
      title = {
        en = "Keys of service accounts are younger than 90 days",
        ja = "サービスアカウントの鍵が 90 日以内に更新されている",
      },
      fix   = { en = "Rotate the key.", ja = "鍵を更新してください。" },
      check = function(s)
        for _, account in ipairs(s.service_accounts) do
          local age = account.key_days
          ensure(age <= 90, account, "key is {age} days old", { age = age })
        end
      end,
    },
  },
}
