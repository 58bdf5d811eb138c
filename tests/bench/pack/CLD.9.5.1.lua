-- CLD.9.5.1 Segregation in virtual computing environments
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Segregation in virtual computing environments", ja = "仮想コンピューティング環境における分離" },
  severity   = "critical",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 CLD.9.5.1" },
  tags       = { "network" },

  rules = {
    {
      id    = "tenants-do-not-overlap",
      title = {
        en = "Networks of different tenants share no address",
        ja = "異なるテナントのネットワークのアドレスが重複していない",
      },
      fix   = {
        en = "Give one of the two networks other addresses.",
        ja = "いずれかのネットワークのアドレスを変更してください。",
      },
      check = function(s)
        local networks = s.networks
        for i = 1, #networks do
          for j = i + 1, #networks do
            local a, b = networks[i], networks[j]
            if a.tenant ~= b.tenant then
              ensure(not net.overlap(a.cidr, b.cidr), a, "{a} ({tenant_a}) overlaps {b} ({tenant_b})",
                { a = a.id, tenant_a = a.tenant, b = b.id, tenant_b = b.tenant })
            end
          end
        end
      end,
    },
  },
}
