-- 13.1.3 Segregation in networks
-- SPDX-License-Identifier: Apache-2.0

return {
  title      = { en = "Segregation in networks", ja = "ネットワークの分離" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 13.1.3" },
  tags       = { "network", "host" },

  rules = {
    {
      id    = "hosts-are-in-their-network",
      title = {
        en = "Addresses of hosts are in the network they belong to",
        ja = "ホストのアドレスが所属ネットワークの範囲内である",
      },
      fix   = { en = "Give the host an address of its network.", ja = "所属ネットワークのアドレスを割り当ててください。" },
      check = function(s)
        local ranges = {}
        for _, network in ipairs(s.networks) do
          ranges[network.id] = network.cidr
        end
        for _, host in ipairs(s.hosts) do
          local range, address = ranges[host.net], host.ip
          ensure(range ~= nil and net.contains(range, address), host, "{address} is outside {network}",
            { address = address, network = host.net })
        end
      end,
    },
  },
}
