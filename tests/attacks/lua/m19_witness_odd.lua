-- attack: witnesses, options and services that name nothing or everything
-- expect: it loads or is refused; no crash
return record{ { "empty", list(boolean, { may_be_empty = ("w."):rep(10000) }) }, { "ok", boolean, option = "", service = "\27[31m" },
  { "names", list(text{}, { unique = "names", min = -1 }) }, { "list", list(record{ { "id", text{} } }, { unique = "nothing" }) } }
