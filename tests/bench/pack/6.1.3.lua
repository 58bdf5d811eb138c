-- 6.1.3 Contact with authorities
-- SPDX-License-Identifier: Apache-2.0

local days = use("days")

return {
  title      = { en = "Contact with authorities", ja = "関係当局との連絡" },
  severity   = "low",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 6.1.3" },
  tags       = { "governance" },

  rules = {
    {
      id    = "contacts-are-verified",
      title = { en = "Contacts are verified yearly", ja = "連絡先が毎年確認されている" },
      fix   = { en = "Verify the contact.", ja = "連絡先を確認してください。" },
      check = function(s, _, as_of)
        for _, contact in ipairs(s.governance.contacts) do
          local authority, verified = contact.authority, contact.verified
          ensure(days.since(verified, as_of) <= 365, contact, "{authority}: contact verified {day}",
            { authority = authority, day = verified })
        end
      end,
    },
  },
}
