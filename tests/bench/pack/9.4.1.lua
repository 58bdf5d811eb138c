-- 9.4.1 Information access restriction
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Information access restriction", ja = "情報へのアクセス制限" },
  severity   = "high",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 9.4.1" },
  tags       = { "access", "network" },

  rules = {
    {
      id    = "sources-are-listed",
      title = { en = "Administrators come from listed networks", ja = "管理者の接続元が許可されたネットワークである" },
      fix   = {
        en = "Sign in from a listed network, or list it.",
        ja = "許可されたネットワークから接続するか、一覧に追加してください。",
      },
      check = function(s)
        local allowed = s.settings.ip_allow
        for _, admin in ipairs(s.admins) do
          local address = admin.source_ip
          ensure(net.contains(allowed, address), admin, "access from {address}", { address = address })
        end
      end,
    },
  },
}
