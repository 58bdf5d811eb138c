-- 5.1.1 Policies for information security
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")

return {
  title      = { en = "Policies for information security", ja = "情報セキュリティのための方針群" },
  severity   = "low",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 5.1.1" },
  tags       = { "governance" },

  rules = {
    {
      id    = "policies-are-reviewed",
      title = { en = "Policies are reviewed yearly", ja = "方針が毎年見直されている" },
      fix   = { en = "Review the policy.", ja = "方針を見直してください。" },
      check = function(s, _, as_of)
        for _, policy in ipairs(s.governance.policies) do
          local reviewed = policy.reviewed
          ensure(days.since(reviewed, as_of) <= 365, policy, "last reviewed {day}", { day = reviewed })
        end
      end,
    },
  },
}
