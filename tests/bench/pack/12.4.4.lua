-- 12.4.4 Clock synchronization
-- SPDX-License-Identifier: Apache-2.0

local sets = use("sets")

return {
  title      = { en = "Clock synchronization", ja = "クロックの同期" },
  severity   = "medium",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 12.4.4" },
  tags       = { "host" },

  rules = {
    {
      id    = "clocks-agree",
      title = {
        en = "Clocks of hosts are right, by listed time servers",
        ja = "ホストの時刻が、指定のタイムサーバーと同期している",
      },
      fix   = { en = "Point the host to a listed time server.", ja = "指定のタイムサーバーを設定してください。" },
      check = function(s)
        local servers = sets.of(s.settings.ntp)
        for _, host in ipairs(s.hosts) do
          local off = host.clock_ms
          ensure(math.abs(off) <= 100, host, "clock off by {off} ms", { off = off })
          local server = host.ntp
          ensure(servers[server] == true, host, "time server {server}", { server = server })
        end
      end,
    },
  },
}
