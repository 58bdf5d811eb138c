-- attack: pointers that are malformed, long, or point everywhere
-- expect: it loads or is refused; the profile stays empty, nothing passes because of it
return { id = "x", version = "1", title = "x", tenant = "/" .. ("~"), as_of = "/~2~", service = "//////", options = "/list/-1", state = "/~1~0",
  services = {}, option_names = {}, states = {} }
