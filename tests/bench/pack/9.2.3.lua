-- 9.2.3 Management of privileged access rights
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Management of privileged access rights", ja = "特権的アクセス権の管理" },
  severity   = "critical",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 9.2.3" },
  tags       = { "access", "mfa" },

  rules = {
    {
      id    = "administrators-use-mfa",
      title = { en = "Administrators use MFA and a FIDO2 key", ja = "管理者が多要素認証と FIDO2 キーを使っている" },
      fix   = { en = "Register a second factor and a key.", ja = "多要素認証と FIDO2 キーを登録してください。" },
      check = function(s)
        for _, admin in ipairs(s.admins) do
          ensure(admin.mfa, admin, "no MFA")
          ensure(admin.fido2, admin, "no FIDO2 key")
        end
      end,
    },
  },
}
