-- CLD.6.3.1 Shared roles and responsibilities
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")

return {
  title      = { en = "Shared roles and responsibilities", ja = "役割及び責任の共有" },
  severity   = "medium",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 CLD.6.3.1" },
  tags       = { "governance" },

  rules = {
    {
      id    = "matrix-is-current",
      title = {
        en = "The responsibility matrix is approved and reviewed yearly",
        ja = "責任分担表が承認され、毎年見直されている",
      },
      fix   = {
        en = "Have the matrix reviewed and approved by both sides.",
        ja = "責任分担表を双方で見直し、承認してください。",
      },
      check = function(s, _, as_of)
        local governance = s.governance
        ensure(governance.matrix_approved, governance, "responsibility matrix is not approved")
        local reviewed = governance.matrix_reviewed
        ensure(days.since(reviewed, as_of) <= 365, governance, "responsibility matrix last reviewed {day}",
          { day = reviewed })
      end,
    },
  },
}
