-- 12.4.1 Event logging
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Event logging", ja = "イベントログ取得" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 12.4.1" },
  tags       = { "logging" },

  rules = {
    {
      id    = "logs-are-kept",
      title = { en = "Logs are kept for a year and shipped", ja = "ログが 1 年以上保管され、転送されている" },
      fix   = { en = "Lengthen the retention and ship the log.", ja = "保管期間を延長し、ログを転送してください。" },
      check = function(s)
        for _, log in ipairs(s.logs) do
          local source, kept = log.source, log.retention_d
          ensure(kept >= 365, log, "{source}: log kept {kept} days", { source = source, kept = kept })
          ensure(log.shipped, log, "{source}: log is not shipped", { source = source })
        end
      end,
    },
  },
}
