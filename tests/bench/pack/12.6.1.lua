-- 12.6.1 Management of technical vulnerabilities
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Management of technical vulnerabilities", ja = "技術的ぜい弱性の管理" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 12.6.1" },
  tags       = { "host" },

  rules = {
    {
      id    = "hosts-are-patched",
      title = {
        en = "Hosts are patched monthly and have no critical vulnerability",
        ja = "ホストに毎月パッチが適用され、緊急の脆弱性がない",
      },
      fix   = { en = "Patch the host.", ja = "パッチを適用してください。" },
      check = function(s)
        for _, host in ipairs(s.hosts) do
          ensure(host.patch_days <= 30, host, "last patched {age} days ago", { age = host.patch_days })
          ensure(host.crit_vulns == 0, host, "{count} critical vulnerabilities", { count = host.crit_vulns })
        end
      end,
    },
  },
}
