-- 8.2.2 Labelling of information
-- SPDX-License-Identifier: Apache-2.0

local CLASSES = { public = true, internal = true, confidential = true, restricted = true }

return {
  title      = { en = "Labelling of information", ja = "情報のラベル付け" },
  severity   = "low",
  owner      = "customer",
  references = { "ISO/IEC 27017:2015 8.2.2" },
  tags       = { "data" },

  rules = {
    {
      id    = "classes-are-kept",
      title = {
        en = "Data stores are classified, and only public data is public",
        ja = "データが分類され、公開区分のデータのみが公開されている",
      },
      fix   = {
        en = "Classify the data store, or close it to the public.",
        ja = "データを分類するか、公開を停止してください。",
      },
      check = function(s)
        for _, store in ipairs(s.datastores) do
          local class = store.class
          ensure(CLASSES[class] == true, store, "class {class} is unknown", { class = class })
          ensure(class == "public" or not store.public, store, "{class} data store is public", { class = class })
        end
      end,
    },
  },
}
