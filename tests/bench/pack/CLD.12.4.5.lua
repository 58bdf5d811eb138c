-- CLD.12.4.5 Monitoring of cloud services
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Monitoring of cloud services", ja = "クラウドサービスの監視" },
  severity   = "medium",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 CLD.12.4.5" },
  tags       = { "monitoring" },

  rules = {
    {
      id    = "monitors-run",
      title = { en = "Monitors are on and look every five minutes", ja = "監視が有効で、間隔が 5 分以内である" },
      fix   = {
        en = "Switch the monitor on and shorten its interval.",
        ja = "監視を有効にし、間隔を短くしてください。",
      },
      check = function(s)
        for _, monitor in ipairs(s.monitors) do
          ensure(monitor.enabled, monitor, "monitor is disabled")
          ensure(monitor.interval_s <= 300, monitor, "interval is {seconds} s", { seconds = monitor.interval_s })
        end
      end,
    },
  },
}
