-- CLD.9.5.2 Virtual machine hardening
-- SPDX-License-Identifier: Apache-2.0

local sets = use("sets")

return {
  title      = { en = "Virtual machine hardening", ja = "仮想マシンの要塞化" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 CLD.9.5.2" },
  tags       = { "host" },

  rules = {
    {
      id    = "hosts-are-hardened",
      title = {
        en = "Hosts run hardened images and open listed ports only",
        ja = "ホストが要塞化され、許可されたポートのみを開いている",
      },
      fix   = {
        en = "Rebuild the host from a hardened image; close the port or have it listed.",
        ja = "要塞化済みイメージから再構築し、不要なポートを閉じるか許可一覧に追加してください。",
      },
      check = function(s)
        local allowed = sets.of(s.settings.ports_allow)
        for _, host in ipairs(s.hosts) do
          ensure(host.hardened, host, "image is not hardened")
          for _, port in ipairs(host.ports) do
            ensure(allowed[port] == true, host, "port {port} is open", { port = port })
          end
        end
      end,
    },
  },
}
