-- 18.1.1 Applicable legislation: data locations
-- SPDX-License-Identifier: Apache-2.0

local sets = use("sets")

return {
  title      = { en = "Applicable legislation: data locations", ja = "適用法令：データの所在地" },
  severity   = "high",
  owner      = "shared",
  references = { "ISO/IEC 27017:2015 18.1.1" },
  tags       = { "data", "host" },

  rules = {
    {
      id    = "data-stays",
      title = { en = "Data is in listed countries", ja = "データが許可された国にある" },
      fix   = { en = "Move the data, or list the country.", ja = "データを移すか、国を登録してください。" },
      check = function(s)
        local countries = sets.of(s.settings.countries)
        for _, store in ipairs(s.datastores) do
          local country = store.location
          ensure(countries[country] == true, store, "data in {country}", { country = country })
        end
      end,
    },
    {
      id    = "hosts-stay",
      title = { en = "Hosts are in listed countries", ja = "ホストが許可された国にある" },
      fix   = { en = "Move the host, or list the country.", ja = "ホストを移すか、国を登録してください。" },
      check = function(s)
        local countries = sets.of(s.settings.countries)
        for _, host in ipairs(s.hosts) do
          local country = host.location
          ensure(countries[country] == true, host, "host in {country}", { country = country })
        end
      end,
    },
  },
}
