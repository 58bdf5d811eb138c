-- 7.2.2 Awareness, education and training
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")

return {
  title      = { en = "Awareness, education and training", ja = "意識向上、教育及び訓練" },
  severity   = "medium",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 7.2.2" },
  tags       = { "people" },

  rules = {
    {
      id    = "administrators-are-trained",
      title = { en = "Administrators are trained yearly", ja = "管理者が毎年研修を受けている" },
      fix   = { en = "Have the administrator trained.", ja = "研修を受講させてください。" },
      check = function(s, _, as_of)
        for _, admin in ipairs(s.admins) do
          local trained = admin.trained
          ensure(days.since(trained, as_of) <= 365, admin, "last trained {day}", { day = trained })
        end
      end,
    },
  },
}
