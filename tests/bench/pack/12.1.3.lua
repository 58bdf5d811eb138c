-- 12.1.3 Capacity management
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Capacity management", ja = "容量・能力の管理" },
  severity   = "medium",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 12.1.3" },
  tags       = { "host", "capacity" },

  rules = {
    {
      id    = "hosts-have-room",
      title = { en = "Processors and disks of hosts have room", ja = "ホストの CPU とディスクに余裕がある" },
      fix   = {
        en = "Add resources, or move work to another host.",
        ja = "リソースを追加するか、負荷を分散してください。",
      },
      check = function(s)
        for _, host in ipairs(s.hosts) do
          ensure(host.cpu <= 85, host, "cpu at {percent}%", { percent = host.cpu })
          ensure(host.disk <= 90, host, "disk at {percent}%", { percent = host.disk })
        end
      end,
    },
  },
}
