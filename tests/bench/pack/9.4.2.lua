-- 9.4.2 Secure log-on procedures
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Secure log-on procedures", ja = "セキュリティに配慮したログオン手順" },
  severity   = "low",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 9.4.2" },
  tags       = { "access" },

  rules = {
    {
      id    = "sessions-are-short",
      title = { en = "Sessions last half an hour at most", ja = "セッションが 30 分以内に終了する" },
      fix   = { en = "Shorten the session.", ja = "セッションの有効時間を短くしてください。" },
      check = function(s)
        for _, admin in ipairs(s.admins) do
          local minutes = admin.session_min
          ensure(minutes <= 30, admin, "session lasts {minutes} min", { minutes = minutes })
        end
      end,
    },
  },
}
