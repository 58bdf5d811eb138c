-- pack.lua: the 41 checks of ../reference.lua, as a pack
-- SPDX-License-Identifier: Apache-2.0
--
-- It is what is measured, so it is written as any pack would be: a model, a
-- file a control, nothing that is there for speed. Its messages are those of the reference, in
-- English only; what the reference puts in front of them, the name of what is wrong, reports add.

return {
  id      = "bench",
  title   = { en = "The bench: 41 checks of a cloud tenant", ja = "ベンチマーク：クラウドテナントの 41 項目" },
  edition = "ISO/IEC 27017:2015",
  version = "1.0.0",
  authors = { "The policyeval authors" },

  tenant  = "/tenant/id",
  as_of   = "/snapshot_time",
}
