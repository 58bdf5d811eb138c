-- CLD.12.1.5 Administrator's operational security
-- SPDX-License-Identifier: Apache-2.0

local CRITICAL = { en = "critical operation", ja = "重要な操作" }

return {
  title      = { en = "Administrator's operational security", ja = "実務管理者の運用のセキュリティ" },
  severity   = "medium",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 CLD.12.1.5" },
  tags       = { "operations" },

  rules = {
    {
      id    = "critical-operations",
      title = {
        en = "Critical operations are documented and approved by two",
        ja = "重要な操作が文書化され、2 名以上で承認されている",
      },
      fix   = {
        en = "Document the operation and name a second approver.",
        ja = "手順書を整備し、承認者を 2 名以上にしてください。",
      },
      check = function(s)
        for _, operation in each(s.operations, CRITICAL, function(o) return o.critical end) do
          ensure(operation.documented, operation, "critical operation is not documented")
          local approvers = operation.approvers
          ensure(approvers >= 2, operation, "critical operation has {approvers} approvers", { approvers = approvers })
        end
      end,
    },
  },
}
