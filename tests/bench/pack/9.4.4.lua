-- 9.4.4 Use of privileged utility programs
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Use of privileged utility programs", ja = "特権的なユーティリティプログラムの使用" },
  severity   = "medium",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 9.4.4" },
  tags       = { "utilities" },

  rules = {
    {
      id    = "utilities-are-restricted",
      title = {
        en = "Utility programs are restricted and their use is logged",
        ja = "ユーティリティプログラムが制限され、使用が記録されている",
      },
      fix   = { en = "Restrict the program and log its use.", ja = "使用を制限し、記録を取得してください。" },
      check = function(s)
        for _, utility in ipairs(s.utilities) do
          ensure(utility.restricted, utility, "not restricted")
          ensure(utility.logged, utility, "use is not logged")
        end
      end,
    },
  },
}
