-- 1.1 Accounts
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Accounts", ja = "アカウントの管理" },
  severity   = "high",
  owner      = "customer",
  references = { "An example 1.1", "Another example A.1" },
  tags       = { "accounts", "mfa" },
  params     = {
    most = { type = "integer", default = 3, min = 1, unit = "accounts",
             doc = { en = "Most administrators", ja = "管理者の上限" }, source = "this example" },
  },

  rules = {
    {
      id    = "mfa", ref = "R1", severity = "critical",
      title = { en = "Every account signs in with a second factor", ja = "全アカウントで多要素認証を使用している" },
      fix   = { en = "Enforce multi-factor authentication.", ja = "多要素認証を強制適用してください。" },
      check = function(s)
        for _, account in ipairs(s.accounts) do
          ensure(account.mfa, account, { en = "{name} signs in without a second factor",
                                         ja = "{name} は多要素認証を使用していません" }, { name = account.name })
        end
      end,
    },
    {
      id    = "few", ref = "R2", severity = "low",
      title = { en = "Administrators are few", ja = "管理者の人数が必要最小限である" },
      fix   = { en = "Remove administrators.", ja = "管理者を減らしてください。" },
      check = function(s, params)
        ensure(#s.accounts <= params.most, s.accounts, { en = "{count} of at most {most}",
                                                        ja = "{count} 名（上限 {most} 名）" },
               { count = #s.accounts, most = params.most })
        note({ en = "counted without guests", ja = "ゲストを除いた人数です" })
      end,
    },
    {
      id    = "mail", severity = "medium", owner = "shared",
      title = { en = "Accounts have a mail address", ja = "アカウントにメールアドレスがある" },
      check = function(s)
        for _, account in ipairs(s.accounts) do
          ensure(account.mail ~= "", account, { en = "the mail address of {name} is empty",
                                                ja = "{name} のメールアドレスが空です" }, { name = account.name })
        end
      end,
    },
  },
}
