-- 9.2.5 Review of user access rights
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")

return {
  title      = { en = "Review of user access rights", ja = "利用者アクセス権のレビュー" },
  severity   = "medium",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 9.2.5" },
  tags       = { "access" },

  rules = {
    {
      id    = "access-is-reviewed",
      title = { en = "Access rights are reviewed every 90 days", ja = "アクセス権が 90 日以内に見直されている" },
      fix   = { en = "Review the access rights.", ja = "アクセス権を見直してください。" },
      check = function(s, _, as_of)
        local reviewed = s.governance.access_review
        ensure(days.since(reviewed, as_of) <= 90, s.governance, "access rights last reviewed {day}", { day = reviewed })
      end,
    },
  },
}
