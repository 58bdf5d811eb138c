-- CLD.13.1.4 Alignment of virtual and physical networks
-- SPDX-License-Identifier: Apache-2.0

local sets = use("sets")

return {
  title      = { en = "Alignment of virtual and physical networks", ja = "仮想及び物理ネットワークの整合" },
  severity   = "medium",
  owner      = "provider",
  references = { "ISO/IEC 27017:2015 CLD.13.1.4" },
  tags       = { "network" },

  rules = {
    {
      id    = "vlans-are-planned",
      title = {
        en = "Every virtual network is on a VLAN of the physical plan",
        ja = "仮想ネットワークの VLAN が物理設計に含まれている",
      },
      fix   = {
        en = "Move the network to a planned VLAN, or add the VLAN to the plan.",
        ja = "設計済みの VLAN に移すか、設計に VLAN を追加してください。",
      },
      check = function(s)
        local planned = sets.of(s.settings.vlans)
        for _, network in ipairs(s.networks) do
          local vlan = network.vlan
          ensure(planned[vlan] == true, network, "vlan {vlan} is not in the physical plan", { vlan = vlan })
        end
      end,
    },
  },
}
