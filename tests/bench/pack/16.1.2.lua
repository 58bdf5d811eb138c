-- 16.1.2 Reporting information security events
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Reporting information security events", ja = "情報セキュリティ事象の報告" },
  severity   = "medium",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 16.1.2" },
  tags       = { "incidents" },

  rules = {
    {
      id    = "customers-are-told",
      title = { en = "Customers are told within three days", ja = "お客様への通知が 72 時間以内である" },
      fix   = { en = "Shorten the time in the agreement.", ja = "合意した通知期限を短縮してください。" },
      check = function(s)
        local hours = s.governance.incident_notify_h
        ensure(hours <= 72, s.governance, "customers are notified after {hours} h", { hours = hours })
      end,
    },
  },
}
