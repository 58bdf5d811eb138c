-- 9.1.2 Access to networks and network services
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Access to networks and network services", ja = "ネットワーク及びネットワークサービスへのアクセス" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 9.1.2" },
  tags       = { "network" },

  rules = {
    {
      id    = "only-https-is-open",
      title = { en = "Only HTTPS is open to the world", ja = "外部に公開されているのが HTTPS のみである" },
      fix   = { en = "Limit the source addresses.", ja = "送信元アドレスを限定してください。" },
      check = function(s)
        for _, rule in ipairs(s.firewall) do
          local open = rule.action == "allow" and rule.source == "0.0.0.0/0"
          ensure(not open or rule.port == 443, rule, "port {port} is open to the world", { port = rule.port })
        end
      end,
    },
  },
}
