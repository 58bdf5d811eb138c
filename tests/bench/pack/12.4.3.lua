-- 12.4.3 Administrator and operator logs
-- SPDX-License-Identifier: Apache-2.0

local ADMINISTRATORS = { en = "log of administrators", ja = "管理者の作業ログ" }

return {
  title      = { en = "Administrator and operator logs", ja = "実務管理者及び運用担当者の作業ログ" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 12.4.3" },
  tags       = { "logging" },

  rules = {
    {
      id    = "logs-cannot-change",
      title = { en = "Logs of administrators cannot be changed", ja = "管理者の作業ログが改変できない" },
      fix   = { en = "Make the log immutable.", ja = "ログを改変できない設定にしてください。" },
      check = function(s)
        for _, log in each(s.logs, ADMINISTRATORS, function(l) return l.admin end) do
          local source = log.source
          ensure(log.immutable, log, "{source}: administrator log can be changed", { source = source })
        end
      end,
    },
  },
}
