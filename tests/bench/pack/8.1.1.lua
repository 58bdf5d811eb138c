-- 8.1.1 Inventory of assets
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Inventory of assets", ja = "資産目録" },
  severity   = "medium",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 8.1.1" },
  tags       = { "host" },

  rules = {
    {
      id    = "hosts-have-owners",
      title = { en = "Every host has an owner", ja = "すべてのホストに管理者がいる" },
      fix   = { en = "Name an owner.", ja = "管理者を登録してください。" },
      check = function(s)
        for _, host in ipairs(s.hosts) do
          ensure(host.owner ~= "", host, "host has no owner")
        end
      end,
    },
  },
}
