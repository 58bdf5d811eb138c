-- attack: references to odd paths: the root, themselves, nothing, with empty steps
-- expect: it loads or is refused; no crash
return record{ { "tenant", ref "tenant" }, { "id", ref "" }, { "names", list(ref "names") }, { "x", ref "....." },
  { "list", list(record{ { "id", ref "list" }, { "ok", boolean } }) }, { "y", ref(("a."):rep(20000)) } }
