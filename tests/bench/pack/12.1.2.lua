-- 12.1.2 Change management
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Change management", ja = "変更管理" },
  severity   = "medium",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 12.1.2" },
  tags       = { "changes" },

  rules = {
    {
      id    = "changes-are-approved",
      title = {
        en = "Changes are tested, and approved by somebody else",
        ja = "変更が試験され、申請者以外が承認している",
      },
      fix   = { en = "Have the change tested and approved.", ja = "変更を試験し、申請者以外の承認を受けてください。" },
      check = function(s)
        for _, change in ipairs(s.changes) do
          ensure(change.author ~= change.approver, change, "approved by its author")
          ensure(change.tested, change, "not tested")
        end
      end,
    },
  },
}
