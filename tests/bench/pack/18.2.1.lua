-- 18.2.1 Independent review of information security
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")

return {
  title      = { en = "Independent review of information security", ja = "情報セキュリティの独立したレビュー" },
  severity   = "medium",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 18.2.1" },
  tags       = { "audit" },

  rules = {
    {
      id    = "audit-is-recent",
      title = { en = "The last audit was within a year", ja = "直近の監査が 1 年以内である" },
      fix   = { en = "Have an audit done.", ja = "監査を受けてください。" },
      check = function(s, _, as_of)
        local audit = s.governance.audit
        ensure(days.since(audit, as_of) <= 365, s.governance, "last audit {day}", { day = audit })
      end,
    },
  },
}
